"""Tests of plain Python: no Odoo, no database."""

import importlib.machinery
import sys
import types
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "klagebehandling"))
# The addon's own __init__ loads Odoo; its plain modules need none.
reports = types.ModuleType("klagebehandling_reports")
reports.__path__ = [str(ROOT / "klagebehandling_reports")]
reports.__spec__ = importlib.machinery.ModuleSpec("klagebehandling_reports", None)
sys.modules.setdefault("klagebehandling_reports", reports)
