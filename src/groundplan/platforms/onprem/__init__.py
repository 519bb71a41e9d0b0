"""Owned servers: what the option matrix says of them. Planned; their prices are the owner's; no code yet."""

from groundplan.model.knowledge import Platform

PLATFORM = Platform(
    key="onprem",
    name="On-prem",
    services=("servers",),
    scaling="By hand, within the hardware that is there.",
    monitoring="None by itself; Prometheus and Alertmanager are installed and run by you.",
    budget_alarm="None; nobody sends a bill.",
    code="Compose files or Ansible; groundplan does not write them yet.",
    risk="Hardware, power and line fail on your watch, and the peak is paid all year.",
    burden="high",
    operations="Everything: hardware, network, system updates, backups, monitoring, spare parts.",
    unmanageable=("cloudformation",),
)
