"""The migrations make exactly the tables the code names."""

import json
import runpy

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations

from counter_app.central.tables import case_file, metadata, person_change
from tests.fakes.station import ROOT
from tests.unit.central import rig
from tests.unit.central.conftest import Town


def test_models_and_migrations_agree(town: Town) -> None:
    with town.centre.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_changes_decided_before_are_found_by_the_number_they_replaced(
    town: Town, pc: rig.Pc
) -> None:
    pc.results(pc.submit(town.someone())[2])
    path = ROOT / "migrations" / "central" / "versions" / "0010_replaced_numbers.py"
    version = runpy.run_path(str(path))
    cells = ({"certno": ["old", "new"], "id4": ["1", "2"]}, {"name": ['"certno": [', "b"]})
    with town.centre.engine.connect() as tx, tx.begin() as kept:
        case_id = tx.execute(sa.select(case_file.c.case_id).limit(1)).scalar_one()
        with Operations.context(MigrationContext.configure(tx)):
            version["downgrade"]()
            for one in cells:
                tx.execute(
                    sa.text(
                        "insert into person_change (case_id, certno, cells, freed, active)"
                        " values (:case_id, 'new', :cells, '[]', true)"
                    ),
                    {"case_id": case_id, "cells": json.dumps(one)},
                )
            version["upgrade"]()
        query = sa.select(person_change.c.was).where(person_change.c.certno == "new")
        found = tx.execute(query.order_by(person_change.c.id)).scalars().all()
        kept.rollback()
    assert found == ["old", ""]
