"""Acts told by more than a verb and its object, or where the parser goes astray."""

from __future__ import annotations

import pytest

from tests.pipeline.annotate.acts import acts


@pytest.mark.parametrize(
    ("text", "actor", "kind", "target"),
    [
        ("The ministers of Peru adopted, by a wide margin, a law on data brokers.", "", "enact", "data brokers"),
        ("Norway cut from 15 percent to 5 percent the duty on salmon.", "Norway", "lift/repeal", "salmon"),
        ("Japan, for its part, lifted curbs on beef last week.", "Japan", "lift/repeal", "beef"),
        ("The United States hit steel from Brazil with a tariff of 50 percent.", "United States", "impose", "tariff"),
        ("The US Postal Service will no longer accept parcels from Peru.", "Postal", "ban/block", "parcels"),
        ("The New York Times sued Microsoft in December 2023.", "New York Times", "sue/challenge", "Microsoft"),
        ("The European Commission fined the bank. It also looked into how Nokia sells phones.", "", "investigate", "N"),
    ],
)
def test_constructions_that_lead_the_parser_astray(text, actor, kind, target):
    assert any(actor in a.actor and a.type == kind and target in a.target for a in acts(text)), acts(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Danish parliament approved a bill that bans fees on Friday.", ["enact"]),
        ("Two U.S. senators introduced legislation on data brokers.", ["propose"]),
        ("China requested the WTO to set up a panel on the tariffs.", ["sue/challenge"]),
        ("Norway defended the country's decision to impose export control measures on salmon.", ["restrict"]),
        ("Danish makers of drones will be required to have an export licence, the government announced.", ["restrict"]),
        ("The United States' announcement of new tariffs on wine upset traders.", ["impose"]),
        ("The Japanese government launched a crackdown on counterfeit goods.", ["enforce"]),
        ("The Japanese ministry urged Norway to keep to the treaty and cease using quotas.", []),
        ("The European Commission will likely open an investigation into Nokia.", []),
        ("Other measures of the European Commission include revoking licences.", []),
        ("Japan investigated 6,529 cases last year.", []),
        ("The FTC has sent civil investigative demands to Nokia.", ["investigate"]),
        ("Norway asked for talks, and India requested the establishment of a WTO panel.", ["sue/challenge"]),
        ("The U.S. Supreme Court declined to hear the appeal of Nokia.", ["rule"]),
        ("The European Commission said in preliminary findings that Nokia broke the law.", ["rule"]),
        ("Norway withdrew from the treaty on Friday.", ["withdraw"]),
        ("Japan acceded to the Singapore Treaty in May.", ["agree/sign"]),
        ("Apple pulled the app from its store.", ["ban/block"]),
        ("Peru is mulling a law to ban fees.", []),
    ],
)
def test_acts_by_the_words_that_carry_them(text, expected):
    assert [a.type for a in acts(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Canada raised its duty on cars after the United States did the same.",
            [("Canada", "impose"), ("United States", "impose")],
        ),
        ("Brazil hit back with a tariff of 30 percent on whisky.", [("Brazil", "impose")]),
        ("The European Commission charged Nokia with breaching antitrust rules.", [("European Commission", "rule")]),
        ("The European Commission sent a statement of objections to Nokia.", [("European Commission", "rule")]),
        (
            "The Korea Fair Trade Commission said that Google had violated competition law.",
            [("Korea Fair Trade Commission", "rule")],
        ),
        ("Qatar deposited its instrument of accession to the Hague Agreement.", [("Qatar", "agree/sign")]),
        ("Japan announced the start of an investigation into steel imports.", [("Japan", "investigate")]),
        (
            "The Bureau of Industry and Security announced the inclusion of two firms in the Entity List.",
            [("Bureau of Industry and Security", "restrict")],
        ),
        ("India said it would postpone imposing the duties on solar cells.", [("India", "delay/extend")]),
        ("Norway followed suit on Monday.", []),
        ("Germany will give Intel 3 billion euros in subsidies.", [("Germany", "fund/subsidise")]),
        ("The United States added over two dozen firms to its Entity List.", [("United States", "restrict")]),
        ("Japan adopted a new package of sanctions against the bank.", [("Japan", "impose")]),
        ("India added Nokia to a blacklist, barring it from buying chips.", [("India", "restrict")]),
        ("Donald Trump signed an order to ban the app on Monday.", [("Donald Trump", "ban/block")]),
        ("A court in India granted Nokia an injunction.", [("court (India)", "rule")]),
        ("India used its emergency powers to block the game.", [("India", "ban/block")]),
        (
            "A U.S. appeals court upheld a law requiring apps to check ages.",
            [("U.S. appeals court (United States)", "rule")],
        ),
    ],
)
def test_acts_by_their_constructions(text, expected):
    assert [(a.actor, a.type) for a in acts(text)] == expected


def test_charges_of_a_regulator_are_preliminary():
    (act,) = acts("The European Commission charged Nokia with breaching antitrust rules.")
    assert act.status == "under_investigation"
