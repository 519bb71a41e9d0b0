"""The runbook's function: role, version and alias, what is kept ready, and the API before it."""

from __future__ import annotations

from groundplan.model.graph import Join, Value, Var
from groundplan.platforms.aws import function as it
from groundplan.platforms.aws.spot import Spot
from groundplan.syntax.runbook import Step
from groundplan.syntax.shell import document, word


def role(spot: Spot) -> Step:
    name = f"{spot.label}-{spot.code}-function"[:64]
    arns: tuple[Value, ...] = tuple(Var(f"{s.name}_ARN") for s in spot.plan.secrets)
    arns += (Var("DATABASE_SECRET"),) if spot.database else ()
    logs = Join((f"arn:aws:logs:{spot.code}:", Var("ACCOUNT"), f":log-group:/aws/lambda/{spot.label}:*"))
    attach = (
        f"aws iam attach-role-policy --role-name {name} --policy-arn arn:aws:iam::aws:policy/{it.INTERFACES}"
    )
    return Step(
        title=f"Create the role{spot.where}",
        commands=(
            f"FUNCTION_ROLE=$(aws iam create-role --role-name {name} --assume-role-policy-document "
            f"{document(it.trust())} --tags Key=Project,Value={spot.plan.draft.project} "
            "--query Role.Arn --output text)",
            f"aws iam put-role-policy --role-name {name} --policy-name logs-and-secrets "
            f"--policy-document {document(it.policy(logs, arns))}",
            *((attach,) if spot.private else ()),
            f"aws iam wait role-exists --role-name {name}",
        ),
        note="The function runs with it; add a policy for what the application itself may do.",
        check='`echo "$FUNCTION_ROLE"` prints an ARN.',
    )


def function(spot: Spot) -> Step:
    app = spot.plan.draft.app
    refs: dict[str, Value] = {
        "port_text": str(app.port),
        "health": app.health_path,
        "database": Var("DATABASE_HOST"),
        "master": Var("DATABASE_SECRET"),
        "cache": Var("REDIS_HOST"),
    }
    secrets: dict[str, Value] = {s.name: Var(f"{s.name}_ARN") for s in spot.plan.secrets}
    variables = document({"Variables": it.environment(spot, refs, secrets)})
    inside = ' --vpc-config "SubnetIds=$PRIVATE_A,$PRIVATE_B,SecurityGroupIds=$FUNCTION_GROUP"'
    return Step(
        title=f"Create the function{spot.where}",
        commands=(
            f"aws lambda create-function --function-name {spot.label} --package-type Image "
            f'--code "ImageUri=$IMAGE" --architectures x86_64 --role "$FUNCTION_ROLE" '
            f"--memory-size {spot.web.memory_mib} --timeout {it.timeout_s(spot)} --environment {variables} "
            f"--logging-config LogFormat=JSON,LogGroup=/aws/lambda/{spot.label}{inside if spot.private else ''} "
            f"--tags Project={spot.plan.draft.project}",
            f"aws lambda wait function-active-v2 --function-name {spot.label}",
            f"VERSION=$(aws lambda publish-version --function-name {spot.label} --query Version --output text)",
            f"ALIAS=$(aws lambda create-alias --function-name {spot.label} --name {it.ALIAS} "
            '--function-version "$VERSION" --query AliasArn --output text)',
        ),
        note="Where the first command says that the role cannot be assumed, wait ten seconds: a new role takes a while.",
        check=f"`aws lambda get-alias --function-name {spot.label} --name {it.ALIAS}` shows version 1.",
    )


def concurrency(spot: Spot) -> Step:
    web, name = spot.web, spot.label
    kept = (
        f"aws lambda put-provisioned-concurrency-config --function-name {name} --qualifier {it.ALIAS} "
        f"--provisioned-concurrent-executions {web.minimum}",
    )
    return Step(
        title=f"Run at most {web.maximum} at once"
        + (f" and keep {web.minimum} ready{spot.where}" if web.minimum else spot.where),
        commands=(
            f"aws lambda put-function-concurrency --function-name {name} "
            f"--reserved-concurrent-executions {web.maximum}",
            *(kept if web.minimum else ()),
            *_hours(spot),
        ),
        note="More requests at once than that are refused. AWS keeps 100 of the account's concurrency for other "
        "functions, and a new account may have as few as 10: ask for more in Service Quotas where it is refused.",
        check=f"`aws lambda get-function-concurrency --function-name {name}` says {web.maximum}.",
    )


def _hours(spot: Spot) -> tuple[str, ...]:
    counts = it.night_counts(spot)
    if not counts:
        return ()
    where = (
        "--service-namespace lambda --scalable-dimension lambda:function:ProvisionedConcurrency "
        f"--resource-id function:{spot.label}:{it.ALIAS}"
    )
    actions = tuple(
        f'aws application-autoscaling put-scheduled-action {where} --timezone "$ZONE" '
        f"--scheduled-action-name {spot.label}-{name} --schedule {word(schedule)} "
        f"--scalable-target-action MinCapacity={count},MaxCapacity={count}"
        for name, schedule, count in counts
    )
    return (
        "read -r -p 'Time zone of the schedule, as in Europe/Berlin: ' ZONE",
        f"aws application-autoscaling register-scalable-target {where} "
        f"--tags Project={spot.plan.draft.project} --min-capacity {spot.web.minimum} "
        f"--max-capacity {spot.web.minimum}",
        *actions,
    )


def api(spot: Spot) -> Step:
    name = spot.label
    return Step(
        title=f"Create the API{spot.where}",
        commands=(
            f"API=$(aws apigatewayv2 create-api --name {name} --protocol-type HTTP "
            f"--tags Project={spot.plan.draft.project} --query ApiId --output text)",
            'INTEGRATION=$(aws apigatewayv2 create-integration --api-id "$API" --integration-type AWS_PROXY '
            '--integration-uri "$ALIAS" --payload-format-version 2.0 --query IntegrationId --output text)',
            "aws apigatewayv2 create-route --api-id \"$API\" --route-key '$default' "
            '--target "integrations/$INTEGRATION"',
            "aws apigatewayv2 create-stage --api-id \"$API\" --stage-name '$default' --auto-deploy "
            f"--tags Project={spot.plan.draft.project}",
            f"aws lambda add-permission --function-name {name} --qualifier {it.ALIAS} --statement-id api "
            "--action lambda:InvokeFunction --principal apigateway.amazonaws.com "
            f'--source-arn "arn:aws:execute-api:{spot.code}:$ACCOUNT:$API/*/*"',
            'ADDRESS=$(aws apigatewayv2 get-api --api-id "$API" --query ApiEndpoint --output text)',
        ),
        note="The API has an https address with a certificate. For a name of yours, make a custom domain name with a "
        "mapping to this API.",
        check=f'`curl -fsS "$ADDRESS"{word(spot.plan.draft.app.health_path)}` answers.',
    )


def rollback(spot: Spot) -> Step:
    name = spot.label
    return Step(
        title="Go back to an earlier release",
        commands=(
            f"aws lambda list-versions-by-function --function-name {name}",
            "read -r -p 'Version to return to, as in 4: ' REVISION",
            f'aws lambda update-alias --function-name {name} --name {it.ALIAS} --function-version "$REVISION"',
        ),
        note="For the day that needs it, with AWS_REGION set to the region. Changes of the database's schema are not "
        "undone by it.",
        check=f"`aws lambda get-alias --function-name {name} --name {it.ALIAS}` names the version.",
    )
