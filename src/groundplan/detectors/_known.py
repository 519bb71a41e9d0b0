"""Ports that frameworks, servers and images listen on when nobody says another. Knows names and numbers only.

A default is a weak sign: every written port wins over it. Sources are files of the vendors' repositories, read in stored
copies on 2026-11-24; the short hash names the copy.
"""

from __future__ import annotations

SIDE_PORTS = frozenset({443, 8443, 2019, 2345, 5005, 5678, 9229, 9464, 1900})
"""TLS, which the balancer or the proxy ends (443, 8443); Caddy's administration (2019: caddyserver/caddy-docker
2.11/alpine/Dockerfile 0379cde); Node.js debugging (9229: nodejs/nodejs.org learn/getting-started/debugging.md 13b93ae);
OpenTelemetry's metrics (9464: opentelemetry-specification metrics/sdk_exporters/prometheus.md 094a951); SSDP (1900). By
custom and no vendor's default: 2345 for Delve, 5005 for the JVM, 5678 for debugpy. A port that stands alone counts whatever
it is."""

BASE_PORTS = {"nginx": 80, "nginx-unprivileged": 8080, "httpd": 80, "caddy": 80, "tomcat": 8080}
"""EXPOSE of the images: nginx/docker-nginx mainline/debian/Dockerfile 14585c6, docker-library/httpd 2.4/Dockerfile 01bbb88,
caddyserver/caddy-docker 2.11/alpine/Dockerfile 0379cde (its rootless variant exposes 8080), docker-library/tomcat
Dockerfile.template 06a7e79; nginxinc/docker-nginx-unprivileged 015ce72, which is the vendor's and no official image."""

RUNTIMES = {
    "node": "Node.js", "python": "Python", "ruby": "Ruby", "golang": "Go", "eclipse-temurin": "Java",
    "openjdk": "Java", "amazoncorretto": "Java", "php": "PHP", "nginx": "nginx", "rust": "Rust", "elixir": "Elixir",
    "aspnet": ".NET", "bun": "Bun", "deno": "Deno",
}  # fmt: skip

NODE_PORTS = {"next": ("Next.js", 3000), "nuxt": ("Nuxt", 3000), "@remix-run/serve": ("Remix", 3000)}
"""vercel/next.js packages/next/src/bin/next.ts 00c3d1a; nuxt/nuxt docs/1.getting-started/16.deployment.md 02bbb99;
remix-run/remix packages/remix-serve/cli.ts 033a695, which takes another port where 3000 is in use. Express and Fastify are
told their port in code."""

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
"""benoitc/gunicorn gunicorn/config.py 01bcdb1 (PORT overrides it), encode/uvicorn docs/settings.md 00bf7cd,
pgjones/hypercorn src/hypercorn/config.py 058e84f, django/daphne daphne/cli.py 017797c, Pylons/waitress
docs/arguments.rst 03842f7."""

RAILS_PORT = 3000
"""rails/rails railties/lib/rails/commands/server/server_command.rb 00f944e; PORT overrides it."""

RAILS_HEALTH = "/up"
"""rails/rails railties/lib/rails/health_controller.rb 0715712."""

SPRING_PORT = 8080
SPRING_HEALTH = "/actuator/health"
SPRING_1_HEALTH = "/health"
"""spring-projects/spring-boot additional-spring-configuration-metadata.json 0088e69 (`server.port`);
docs.spring.io/spring-boot/reference/actuator/endpoints.html. Spring Boot 1 has /health
(docs.spring.io/spring-boot/docs/1.5.15.RELEASE/reference/html/production-ready-endpoints.html)."""
