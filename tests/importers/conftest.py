"""What the tests of imports can ask for."""

from pathlib import Path

import pytest

from tests.importers.importer import Importer
from tests.world import World


@pytest.fixture
def importer(world: World, tmp_path: Path) -> Importer:
    return Importer(world, tmp_path)
