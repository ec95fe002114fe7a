"""The floor plans: which room may know which, and where a thing lives."""

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest

from .conftest import ROOT

CORE = ROOT / "klagebehandling"
MODELS = CORE / "models"
PORTAL = ROOT / "klagebehandling_portal"
REPORTS = ROOT / "klagebehandling_reports"
# Each house, with its folders of rooms: the first one holds the plan.
HOUSES = {
    "core": (MODELS,),
    "portal": (PORTAL / "models", PORTAL / "controllers"),
    "reports": (REPORTS / "models",),
}
MOST_SINGLE_FILES = 5
MOST_EXCEPTIONS = 5
# A reference to a room further up: {(file, what it names): why it must be there}.
UPWARDS = {}
# Methods of Odoo's own that one room happens to override.
COMMON = {"_alias_get_creation_values", "_compute_display_name", "_search"}


def rooms(models=MODELS):
    """Return the rooms, lower floors first: the order of the lines is the plan."""
    lines = (models / "__init__.py").read_text().splitlines()
    names = [line.split()[-1] for line in lines if line.startswith("from . import ")]
    return [name for name in names if (models / name).is_dir()]


def files(models, room):
    return sorted(path for path in (models / room).glob("*.py") if path.stem[0] != "_")


def trees(models=MODELS, *beside):
    """Yield the room, the path and the syntax tree of each file in a room."""
    for folder in (models, *beside):
        for room in rooms(models):
            for path in files(folder, room):
                yield room, path, ast.parse(path.read_text())


def classes(tree):
    return [node for node in tree.body if isinstance(node, ast.ClassDef)]


def attribute(definition, name):
    """Return a plain attribute of a class: ``_name`` or ``_inherit``."""
    for node in definition.body:
        if isinstance(node, ast.Assign) and node.targets[0].id == name:
            return ast.literal_eval(node.value)
    return None


def parents(definition):
    inherited = attribute(definition, "_inherit") or []
    return [inherited] if isinstance(inherited, str) else list(inherited)


def model_of(definition):
    """Return the model that a class makes or opens, and whether it makes it."""
    name, inherited = attribute(definition, "_name"), parents(definition)
    if name:
        return name, name not in inherited
    return (inherited[0] if inherited else None), False


def methods(definition):
    return [node for node in definition.body if isinstance(node, ast.FunctionDef)]


class House:
    """What the rooms of a folder own, open and name."""

    def __init__(self, models=MODELS, *beside):
        self.floors = {room: floor for floor, room in enumerate(rooms(models))}
        self.homes = {}
        self.opened = defaultdict(list)
        self.defined = defaultdict(set)
        self.named = []
        for room, path, tree in trees(models, *beside):
            place = str(Path(room, path.name))
            for definition in classes(tree):
                self._enter(room, place, definition)
            self._listen(room, place, tree)

    def _enter(self, room, place, definition):
        model, is_new = model_of(definition)
        if is_new:
            self.homes[model] = room
        if model:
            self.opened[room, model].append(place)
        for method in methods(definition):
            self.defined[method.name].add(room)

    def _listen(self, room, place, tree):
        """Note every model, method and file that the code of a file names."""
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                if re.fullmatch(r"complaint\.[a-z.]+", node.value):
                    self.named.append((room, place, node.value))
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                self.named.append((room, place, f"{node.func.attr}()"))
            elif isinstance(node, ast.ImportFrom) and node.level == 2 and node.module:
                self.named.append((room, place, f"import {node.module}"))

    def home_of(self, name):
        """Return the room that a name belongs to; None where it is no room's."""
        if name.startswith("import "):
            return name.removeprefix("import ").partition(".")[0]
        if not name.endswith("()"):
            return self.homes.get(name)
        method = name[:-2]
        homes = self.defined.get(method, set())
        is_ours = method.startswith(("_", "action_")) and method not in COMMON
        return next(iter(homes)) if is_ours and len(homes) == 1 else None

    def upwards(self):
        """Return what names a room further up: {(file, name)}."""
        return {
            (place, name)
            for room, place, name in self.named
            if self.floors.get(self.home_of(name), -1) > self.floors[room]
        }

    def opened_too_often(self):
        """Return the models that a room opens more than once, in its own twice."""
        return {
            (room, model): places
            for (room, model), places in self.opened.items()
            if len(places) > (2 if self.homes.get(model) == room else 1)
        }


@pytest.fixture(scope="module", params=HOUSES)
def house(request):
    return House(*HOUSES[request.param])


def test_no_room_knows_a_room_above(house):
    assert not house.upwards() - UPWARDS.keys()


def test_exceptions_are_few_and_still_there():
    assert len(UPWARDS) <= MOST_EXCEPTIONS
    assert not UPWARDS.keys() - House().upwards()
    assert all(UPWARDS.values())


def test_no_model_is_opened_twice_in_a_room(house):
    assert not house.opened_too_often()


@pytest.mark.parametrize("models", [house[0] for house in HOUSES.values()])
def test_models_holds_rooms(models):
    single = [path.name for path in models.glob("*.py") if path.stem != "__init__"]
    assert len(single) <= MOST_SINGLE_FILES
    folders = {path.parent.name for path in models.glob("*/__init__.py")}
    assert folders == set(rooms(models))


@pytest.mark.parametrize("models", [house[0] for house in HOUSES.values()])
def test_a_file_is_named_after_its_model(models):
    wrong = []
    for room, path, tree in trees(models):
        made = [model_of(one)[0] for one in classes(tree)]
        # What a report lays out is named after its template: report.<addon>.<template>.
        own = (re.sub(r"^report\.\w+\.", "report.", model) for model in made if model)
        names = [model.replace(".", "_") for model in own]
        rows = path.stem.endswith("_rows")  # one line for each of many of Odoo's
        if names and not rows and not path.stem.startswith(names[0]):
            wrong.append(f"{room}/{path.name}")
    assert not wrong


@pytest.mark.parametrize(
    ("models", "room"),
    [(house[0], room) for house in HOUSES.values() for room in rooms(house[0])],
)
def test_a_room_says_what_it_is(models, room):
    words = ast.get_docstring(ast.parse((models / room / "__init__.py").read_text()))
    assert 3 <= len(words.splitlines()) <= 6
    assert all(word in words for word in ("Owns", "Extends", "May call"))


@pytest.mark.parametrize(
    ("addon", "place"),
    [
        (CORE, "wizard"),
        (CORE, "tests"),
        (PORTAL, "controllers"),
        (PORTAL, "tests"),
        (REPORTS, "tests"),
    ],
)
def test_other_folders_use_the_names_of_the_rooms(addon, place):
    folders = {path.parent.name for path in (addon / place).glob("*/__init__.py")}
    assert folders and folders <= set(rooms(addon / "models"))


@pytest.mark.parametrize("place", ["controllers", "tests"])
def test_the_portal_holds_no_file_outside_its_rooms(place):
    single = {path.stem for path in (PORTAL / place).glob("*.py")}
    assert single <= {"__init__", "common"}


def test_rules_stand_in_files_of_the_rooms():
    rules = {path.stem for path in (CORE / "security").glob("*_rules.xml")}
    assert rules and rules <= {f"{room}_rules" for room in rooms()}


# -- the plan can be broken, and that is seen ------------------------------------------


def build(folder: Path, sources):
    names = dict.fromkeys(place.partition("/")[0] for place in sources)
    (folder / "__init__.py").write_text(
        "".join(f"from . import {name}\n" for name in names)
    )
    for place, source in sources.items():
        path = folder / place
        path.parent.mkdir(exist_ok=True)
        path.write_text(source)
    return House(folder)


LOWER = "class Unit:\n    _name = 'complaint.unit'\n"
UPPER = "class Case:\n    _name = 'complaint.case'\n    def _log(self): pass\n"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("    def a(self): return self.env['complaint.case']", "complaint.case"),
        ("    def a(self): return self.b._log()", "_log()"),
        ("    def a(self):\n        from ..case.c import X", "import case.c"),
    ],
)
def test_a_reference_upwards_is_found(tmp_path, line, name):
    house = build(tmp_path, {"unit/u.py": f"{LOWER}{line}\n", "case/c.py": UPPER})
    assert house.upwards() == {("unit/u.py", name)}


def test_a_reference_downwards_is_none(tmp_path):
    line = "    def a(self): return self.env['complaint.unit']\n"
    house = build(tmp_path, {"unit/u.py": LOWER, "case/c.py": UPPER + line})
    assert not house.upwards()


def test_a_model_opened_twice_is_found(tmp_path):
    again = "class Unit:\n    _inherit = 'complaint.unit'\n"
    house = build(
        tmp_path,
        {"unit/u.py": LOWER, "case/a.py": again, "case/b.py": again + UPPER},
    )
    assert house.opened_too_often() == {
        ("case", "complaint.unit"): ["case/a.py", "case/b.py"]
    }


def test_a_reference_upwards_in_a_folder_beside_is_found(tmp_path):
    models, controllers = tmp_path / "models", tmp_path / "controllers"
    models.mkdir(), controllers.mkdir()
    build(models, {"form/f.py": LOWER, "status/s.py": UPPER})
    page = "from ..status.s import Page\nPage()._log()\n"
    build(controllers, {"form/f.py": page})
    (controllers / "status").mkdir()
    assert House(models, controllers).upwards() == {
        ("form/f.py", "_log()"),
        ("form/f.py", "import status.s"),
    }
