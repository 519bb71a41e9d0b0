"""Ports that frameworks, servers and images listen on when nobody says another. Knows names and numbers only.

Unverified: written from memory; the pages named below were not looked up, and their dates are not dates of reading.

A default is a weak sign: every written port wins over it.
"""

from __future__ import annotations

SIDE_PORTS = frozenset({443, 8443, 2345, 5005, 5678, 9229, 9464, 1900})
"""TLS, which the balancer or the proxy ends; debuggers (Delve, JVM, debugpy, Node.js) and OpenTelemetry's metrics.
nodejs.org/en/learn/getting-started/debugging, opentelemetry.io/docs/specs/otel/metrics/sdk_exporters/prometheus
(2026-11-24). A port that stands alone counts whatever it is."""

BASE_PORTS = {"nginx": 80, "nginx-unprivileged": 8080, "httpd": 80, "caddy": 80, "tomcat": 8080}
"""EXPOSE of the official images: hub.docker.com/_/nginx, /_/httpd, /_/caddy, /_/tomcat (2026-11-24)."""

RUNTIMES = {
    "node": "Node.js", "python": "Python", "ruby": "Ruby", "golang": "Go", "eclipse-temurin": "Java",
    "openjdk": "Java", "amazoncorretto": "Java", "php": "PHP", "nginx": "nginx", "rust": "Rust", "elixir": "Elixir",
    "aspnet": ".NET", "bun": "Bun", "deno": "Deno",
}  # fmt: skip

NODE_PORTS = {"next": ("Next.js", 3000), "nuxt": ("Nuxt", 3000), "@remix-run/serve": ("Remix", 3000)}
"""nextjs.org/docs/app/api-reference/cli/next (`next start`, 3000), nuxt.com/docs/getting-started/deployment (3000),
v2.remix.run/docs/other-api/serve (3000), all 2026-11-24. Express and Fastify have no default."""

NODE_FRAMEWORKS = {
    "express": "Express",
    "fastify": "Fastify",
    "@nestjs/core": "NestJS",
    "koa": "Koa",
    "hono": "Hono",
}

PYTHON_FRAMEWORKS = {"django": "Django", "fastapi": "FastAPI", "flask": "Flask", "starlette": "Starlette",
                     "litestar": "Litestar"}  # fmt: skip

PYTHON_PORTS = {"gunicorn": 8000, "uvicorn": 8000, "hypercorn": 8000, "daphne": 8000, "waitress": 8080}
"""docs.gunicorn.org/en/stable/settings.html#bind, uvicorn.dev/settings, hypercorn.readthedocs.io (configuring),
github.com/django/daphne, docs.pylonsproject.org/projects/waitress (arguments), all 2026-11-24."""

RAILS_PORT = 3000
"""guides.rubyonrails.org/command_line.html, `bin/rails server` (2026-11-24)."""

RAILS_HEALTH = "/up"
"""Rails::HealthController, api.rubyonrails.org/classes/Rails/HealthController.html (2026-11-24)."""

SPRING_PORT = 8080
SPRING_HEALTH = "/actuator/health"
"""docs.spring.io/spring-boot/appendix/application-properties (`server.port`) and docs.spring.io/spring-boot/reference/
actuator/endpoints.html (2026-11-24)."""
