from __future__ import annotations

import pytest

from demur.records.caseload_csv import read_caseload
from demur.server.casework import actions

CASELOAD = b"""client_id,given_name,family_name,city,handles,email
C-1,Marcus,Bellweather,Riverton,@marcus.bellweather,marcus.b@example.org
C-2,Ileana,Quintanar,Riverton,,
"""


@pytest.fixture
def caseload(clean_store: None) -> None:
    """Two invented people on the caseload."""
    actions.import_caseload(read_caseload(CASELOAD))
