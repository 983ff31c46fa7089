"""Who is at the table: the States that are members or observers of the United Nations.

Their codes and names in the six official languages come from hdx-python-country 4.2.5 (MIT), the
regional groups from countrygroups 0.13.0 (CC0), and who is an observer from the Dag Hammarskjöld
Library, as the head of `data.csv` says; `tools/delegations.py` writes that file. What those do not
state is left out: the group of the observers and of Türkiye, which countrygroups has in two groups,
and names out of use, which are suggested at most.
"""

from __future__ import annotations

from r2psched.delegations.delegation import LANGUAGES, Delegation, delegations
from r2psched.delegations.finding import recognise, suggest

__all__ = ["LANGUAGES", "Delegation", "delegations", "recognise", "suggest"]
