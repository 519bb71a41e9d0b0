#!/bin/sh
# Written by groundplan from groundplan.toml. Change an answer and run `groundplan apply`.
set -eu
umask 077
mkdir -p /run/alerts
cp /etc/alerts/alertmanager.yml /run/alerts/alertmanager.yml

value() {
  eval "value=\${$1:-}"
  if [ -z "$value" ]; then
    echo "the secret $1 is not set" >&2
    exit 1
  fi
}

# A secret that Alertmanager reads from a file of its own.
keep() {
  value "$1"
  printf '%s' "$value" > "/run/alerts/$1"
}

# A setting that takes the place of a word in the configuration.
place() {
  value "$1"
  case "$value" in
    *'"'* | *'\'* | *'
'*) echo "the secret $1 holds a quote, a backslash or a line break" >&2; exit 1 ;;
  esac
  escaped=$(printf '%s' "$value" | sed 's/[&|]/\\&/g')
  sed -i "s|$2|$escaped|g" /run/alerts/alertmanager.yml
}

keep SLACK_WEBHOOK_URL

value FLY_PROMETHEUS_TOKEN
case "$value" in
  "FlyV1 "*) export VM_datasource_headers="Authorization: $value" ;;
  *) export VM_datasource_headers="Authorization: Bearer $value" ;;
esac

/bin/alertmanager --config.file=/run/alerts/alertmanager.yml --storage.path=/tmp/alertmanager \
  --cluster.listen-address= --web.listen-address=127.0.0.1:9093 &
alertmanager=$!
/bin/vmalert -rule=/etc/alerts/rules.yml -datasource.url="$PROMETHEUS_URL" -envflag.enable -envflag.prefix=VM_ \
  -secret.flags=datasource.headers \
  -notifier.url=http://127.0.0.1:9093 -httpListenAddr=127.0.0.1:8880 -evaluationInterval=30s &
vmalert=$!

# Either one ending ends the Machine, and Fly.io starts it again.
while kill -0 "$alertmanager" 2>/dev/null && kill -0 "$vmalert" 2>/dev/null; do
  sleep 5
done
exit 1
