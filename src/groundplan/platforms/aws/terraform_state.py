"""Where the state lies, for every place that an answer can name. What differs between accounts is left to `init`."""

from __future__ import annotations

from groundplan.model.graph import Block, Value

Backend = tuple[str | None, dict[str, Value]]
MANAGED = ("spacelift", "env0")
"""Services that run Terraform and keep its state without a word in the code."""


def backend(stated: str | None, project: str) -> Backend:
    """Name and arguments of the backend; None where the state lies beside the code or its keeper needs no block."""
    path = f"{project}/terraform.tfstate"
    match (stated or "").lower():
        case "s3":
            return "s3", {"key": path, "encrypt": True, "use_lockfile": True}
        case "r2":
            return "s3", {"key": path, "use_lockfile": True, "region": "auto", **_foreign()}
        case "gcs":
            return "gcs", {"prefix": project}
        case "azurerm":
            return "azurerm", {"key": path, "use_azuread_auth": True}
        case "terraform_cloud":
            return "cloud", {"workspaces": Block({"name": project})}
        case "scalr":
            return "remote", {"workspaces": Block({"name": project})}
        case "gitlab":
            return "http", {"lock_method": "POST", "unlock_method": "DELETE", "retry_wait_min": 5}
        case "consul":
            return "consul", {"path": path}
        case "postgres":
            return "pg", {"schema_name": project}
    return None, {}


def _foreign() -> dict[str, Value]:
    """An S3 interface that is not AWS: no account, no regions, no AWS checksums."""
    skipped = ("credentials_validation", "region_validation", "requesting_account_id", "metadata_api_check",
               "s3_checksum")  # fmt: skip
    return {f"skip_{name}": True for name in skipped}
