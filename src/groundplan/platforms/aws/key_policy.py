"""Who may use the region's own encryption key: the account, CloudWatch for messages, and the logs.

CloudWatch cannot write to a topic under the key that AWS manages for SNS, so it must be a key of one's own.
Source: https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html, 2026-11-24.
"""

from __future__ import annotations

from groundplan.model.graph import Join, Value


def key_policy(region: str, account: Value) -> Value:
    """The policy document; `account` is how the writer names the account's number."""
    logs = Join((f"arn:aws:logs:{region}:", account, ":log-group:*"))
    return {
        "Version": "2012-10-17",
        "Statement": (
            {
                "Effect": "Allow",
                "Principal": {"AWS": Join(("arn:aws:iam::", account, ":root"))},
                "Action": "kms:*",
                "Resource": "*",
            },
            {
                "Effect": "Allow",
                "Principal": {"Service": "cloudwatch.amazonaws.com"},
                "Action": ("kms:Decrypt", "kms:GenerateDataKey*"),
                "Resource": "*",
                "Condition": {"StringEquals": {"aws:SourceAccount": account}},
            },
            {
                "Effect": "Allow",
                "Principal": {"Service": f"logs.{region}.amazonaws.com"},
                "Action": ("kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey*", "kms:DescribeKey"),
                "Resource": "*",
                "Condition": {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": logs}},
            },
        ),
    }
