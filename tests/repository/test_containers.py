"""The container files cannot be run everywhere; what they name must exist."""

import ast
import re
import runpy
import shutil
import subprocess
from configparser import ConfigParser
from itertools import pairwise
from pathlib import PurePosixPath

import pytest
import yaml

from .conftest import ROOT

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
DOCKERFILE = (ROOT / "Dockerfile").read_text()
SERVICES = sorted(COMPOSE["services"])


def copies():
    """Return (source, target) of every COPY in the Dockerfile."""
    for line in re.findall(r"^COPY (.+)$", DOCKERFILE, re.MULTILINE):
        *sources, target = [part for part in line.split() if part[:2] != "--"]
        yield from ((source, target) for source in sources)


def image_paths():
    """Return the folders and files that the Dockerfile puts into the image."""
    for source, target in copies():
        is_file_into_folder = target.endswith("/") and not source.endswith("/")
        name = PurePosixPath(source).name if is_file_into_folder else ""
        yield str(PurePosixPath(target) / name)


def mounts(service):
    for volume in COMPOSE["services"][service].get("volumes", []):
        yield volume.split(":")


@pytest.mark.parametrize("source", [source for source, _target in copies()])
def test_what_the_image_copies_exists_and_is_not_ignored(source):
    assert (ROOT / source).exists()
    rules = (ROOT / ".dockerignore").read_text().splitlines()
    kept = [PurePosixPath(rule[1:]) for rule in rules if rule.startswith("!")]
    path = PurePosixPath(source)
    assert any(path == rule or rule in path.parents for rule in kept)


def test_every_main_addon_is_in_the_image():
    copied = {source.rstrip("/") for source, _target in copies()}
    assert {path.parent.name for path in ROOT.glob("*/__manifest__.py")} <= copied


def test_addons_path_is_in_the_image():
    configuration = ConfigParser()
    configuration.read(ROOT / "docker/odoo.conf")
    folders = configuration["options"]["addons_path"].split(",")
    ours = [folder for folder in folders if folder.startswith("/opt/")]
    parents = {str(PurePosixPath(path).parent) for path in image_paths()}
    assert ours
    assert set(ours) <= parents | set(image_paths())


def test_odoo_runs_behind_a_proxy_and_hides_its_databases():
    configuration = ConfigParser()
    configuration.read(ROOT / "docker/odoo.conf")
    options = configuration["options"]
    assert options.getboolean("proxy_mode")
    assert not options.getboolean("list_db")
    assert options.getint("workers") > 1
    assert "admin_passwd" not in options
    assert "db_password" not in options


def test_entrypoint_is_what_the_image_starts():
    entrypoint = re.search(r'^ENTRYPOINT \["(.+)"\]', DOCKERFILE, re.MULTILINE)[1]
    assert entrypoint in set(image_paths())
    command = re.search(r'^CMD \["(.+)"\]', DOCKERFILE, re.MULTILINE)[1]
    assert f"\n{command})" in (ROOT / "docker/entrypoint.sh").read_text()


@pytest.mark.parametrize("name", SERVICES)
def test_service_is_complete(name):
    service = COMPOSE["services"][name]
    assert "build" in service or not service["image"].endswith(":latest")
    assert ":" in service["image"]
    assert service["healthcheck"]["test"][0] == "CMD"
    assert set(service.get("depends_on", {})) <= set(SERVICES)
    assert set(service.get("secrets", [])) <= set(COMPOSE["secrets"])
    assert set(service["networks"]) <= set(COMPOSE["networks"])


@pytest.mark.parametrize("name", SERVICES)
def test_mounted_files_exist_and_volumes_are_declared(name):
    for source, *_target in mounts(name):
        if source.startswith("."):
            assert (ROOT / source).is_file()
        else:
            assert source in COMPOSE["volumes"]


@pytest.mark.parametrize("name", SERVICES)
def test_only_local_addresses_are_published_by_default(name):
    for port in COMPOSE["services"][name].get("ports", []):
        assert "127.0.0.1" in port


@pytest.mark.parametrize("name", sorted(COMPOSE["secrets"]))
def test_secret_is_made_by_the_script_and_never_kept_in_git(name):
    path = COMPOSE["secrets"][name]["file"]
    script = (ROOT / "docker/make-secrets.sh").read_text()
    assert path == f"./docker/secrets/{name}"
    assert name in re.search(r"^for name in (.+);", script, re.MULTILINE)[1].split()
    assert "/docker/secrets/" in (ROOT / ".gitignore").read_text().splitlines()


def test_secrets_that_the_entrypoint_reads_are_granted():
    entrypoint = (ROOT / "docker/entrypoint.sh").read_text()
    read = set(re.findall(r"\bsecret ([a-z_]+)", entrypoint))
    assert read <= set(COMPOSE["services"]["odoo"]["secrets"])


def test_addons_that_compose_installs_exist():
    default = COMPOSE["services"]["odoo"]["environment"]["KLAGE_ADDONS"]
    names = re.search(r":-(.+)}", default)[1].split(",")
    for name in names:
        assert (ROOT / name / "__manifest__.py").exists()


def test_proxy_points_at_services_and_ports_that_exist():
    proxy = (ROOT / "docker/nginx.conf").read_text()
    configuration = (ROOT / "docker/odoo.conf").read_text()
    for service, port in re.findall(r"server (\w+):(\d+);", proxy):
        assert service in SERVICES
        assert f"_port = {port}" in configuration
    listening = re.search(r"listen (\d+);", proxy)[1]
    assert COMPOSE["services"]["proxy"]["ports"][0].endswith(f":{listening}")


def test_proxy_lets_in_what_the_door_takes():
    proxy = (ROOT / "docker/nginx.conf").read_text()
    limits = runpy.run_path(str(ROOT / "klagebehandling/limits.py"))
    megabytes = int(re.search(r"client_max_body_size (\d+)m;", proxy)[1])
    # As JSON the files are base64, and a sign of a text may be escaped as six.
    largest = limits["MAX_FILES"] * 4 // 3 + 6 * sum(limits["TEXTS"].values())
    assert megabytes * limits["MEGABYTE"] > largest


def test_proxy_log_names_no_person():
    proxy = (ROOT / "docker/nginx.conf").read_text()
    log_format = re.search(r"log_format \w+ '([^']*)'", proxy)[1]
    for variable in (
        "remote",
        "forwarded",
        "request_uri",
        "args",
        "user_agent",
        "cookie",
    ):
        assert variable not in log_format
    klage = proxy.split("location /klage {")[1].split("}")[0]
    assert "access_log off;" in klage
    assert "$remote_addr" not in klage


def test_docker_compose_accepts_the_file():
    compose = ["docker", "compose"]
    if (
        not shutil.which("docker")
        or subprocess.run(
            [*compose, "version"], capture_output=True, check=False
        ).returncode
    ):
        pytest.skip("no docker client with compose on this machine")
    # `config` reads the file and asks no daemon.
    command = [*compose, "-f", ROOT / "docker-compose.yml", "config", "--quiet"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


def test_database_keeps_statements_and_rows_out_of_its_log():
    command = COMPOSE["services"]["db"]["command"]
    given = {word for flag, word in pairwise(command) if flag == "-c"}
    for path in (
        "scripts/postgres.py",
        "klagebehandling/models/res_config_settings.py",
    ):
        tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
        silent = next(
            ast.literal_eval(node.value)
            for node in tree.body
            if isinstance(node, ast.Assign) and node.targets[0].id == "SILENT"
        )
        assert {f"{key}={value}" for key, value in silent.items()} == given
