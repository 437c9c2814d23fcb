"""Acts of chambers and of the courts' callers: votes, bills that pass, people seated, papers served, borders shut."""

from __future__ import annotations

import pytest

from tests.pipeline.annotate.acts import acts

FOUND = [
    ("The farm bill cleared the U.S. Senate by 61 votes to 38 on Friday.", "US Senate", "enact"),
    ("Governors disliked the farm bill that passed the U.S. House of Representatives in May.", "US House", "enact"),
    ("The U.S. Senate voted 55-40 to open talks with the House on the farm bill.", "US Senate", "adopt"),
    ("The U.S. Senate on Monday confirmed Ann Porter as head of the patent office.", "US Senate", "adopt"),
    ("The U.S. Senate rejected the nomination of Ann Porter to lead the bank.", "US Senate", "ban/block"),
    ("The Justice Department asked a judge to halt the merger.", "Justice", "sue/challenge"),
    ("The Justice Department filed its notice of appeal on Monday.", "Justice", "sue/challenge"),
    ("The bank received a subpoena from the Justice Department in May.", "Justice", "investigate"),
    ("A U.S. appeals court said the levy should not be collected from hospitals.", "court", "rule"),
    ("Germany paused admissions of refugees from six countries in March.", "Germany", "ban/block"),
    ("Norway said it would resume visa services in two cities.", "Norway", "lift/repeal"),
    ("Norway scaled back its visa services in May.", "Norway", "restrict"),
    ("Turkey closed its border with Armenia on Sunday.", "Turkey", "ban/block"),
    ("The Chinese government has closed 900 gaming cafes since June.", "China", "enforce"),
    ("The European Union renewed its sanctions on the generals for six months.", "European Union", "delay/extend"),
    ("Microsoft will allow governments to have access to its source code.", "Microsoft", "permit/license"),
    ("Apple is suing a former engineer over stolen plans.", "Apple", "sue/challenge"),
    ("President Donald Trump has eliminated protections for young migrants.", "Trump", "lift/repeal"),
    ("Time Warner settled fraud charges, agreeing to pay 9 million dollars.", "Time Warner", "agree/sign"),
    ("Pfizer said it has agreed to pay 9 million dollars to settle all lawsuits.", "Pfizer", "agree/sign"),
    ("Disney agreed to a fine of 2 million dollars from the Federal Communications Commission.", "Federal", "fine"),
    ("Disney will pay a fine of 2 million dollars to the Federal Communications Commission.", "Federal", "fine"),
    ("New rules on overtime have taken effect in the United States.", "United States", "issue"),
    ("AP - The U.N. Security Council on Monday imposed an arms embargo on Sudan.", "Security Council", "ban"),
    ("The United States asked the judge to force a sale of the browser.", "United States", "propose"),
    ("A Texas jury ordered Chevron to pay 4 million dollars for the damage.", "jury", "fine"),
    ("The market regulator of China imposed a 7 million yuan fine on the grocer in May.", "Market Reg", "fine"),
    ("The port authority of South Korea impounded the ship on Friday.", "South Korea", "enforce"),
    ("Apple has removed the Signal app from the App Store.", "Apple", "ban"),
    ("The United Nations Security Council's approval of sanctions on Mali drew protests.", "Security", "impose"),
    ("President Joe Biden has signed into law the widest rewrite of the tax code.", "Biden", "enact"),
    ("Chile's Supreme Court stripped the former general of immunity on Monday.", "Supreme Court", "rule"),
    ("A U.S. appeals court decided on Monday that whales cannot sue.", "court", "rule"),
    ("Somalia's parliament passed a motion of no-confidence on Monday.", "Parliament", "adopt"),
    ("Iraq declared a state of emergency on Monday.", "Iraq", "issue"),
    ("Two customs officers were charged on Monday with taking bribes.", "prosecutors", "enforce"),
]


@pytest.mark.parametrize(("text", "actor", "kind"), FOUND)
def test_an_act_is_found(text, actor, kind):
    assert [a.type.split("/")[0] for a in acts(text) if actor in a.actor] == [kind.split("/")[0]]


NONE = [
    "Senator Susan Collins agreed to vote in favor of the farm bill.",
    "Senator Susan Collins backed the farm bill on Friday.",
    "The minister said he was confident the U.S. Senate would pass the bill.",
    "The rules, the firm said, would apply once the White House approved the new forms.",
    "The president told Prime Minister Theresa May to look into the matter.",
    "The World Trade Organization held off on approving sanctions on steel.",
    "Seoul said South Korea had been granted a one-year waiver.",
    "The White House order authorizes the U.S. Treasury secretary to restrict investments.",
    "North Korean leader Kim Jong Un signed the order to launch the satellite.",
    "The Data Protection Commission said it would have to suspend the transfers.",
    "Germany insists that Panama's leaders sign the pact.",
    "Lehman Brothers is nearing an agreement to pay 9 million dollars to settle a suit.",
    "Amid signs that Norway will introduce a ban on smoking, the cabinet met.",
    "A U.S. appeals court will decide whether the levy is lawful.",
    "Senators who settle harassment cases pay nothing.",
    "Israel's parliament appeared poised to approve the plan.",
    "The special counsel confirmed Peter Strzok's removal.",
    "US Airways asked a bankruptcy judge to cut its pilots' pay.",
    "Senator Al Franken announced his plan to resign.",
    "The cuts, said Senator Lindsey Graham, who was also interviewed on television, are small.",
    "Congress allowed the programme to expire in May.",
    "EU countries enact the act into national law.",
    "The U.S. Senate voted to avert a shutdown.",
]


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_act_is_left_out(text):
    assert [(a.actor, a.type, a.target) for a in acts(text)] == []


def test_a_measure_imposed_and_then_lifted_is_two_acts():
    found = acts("The Italian Data Protection Authority imposed a ban on the chatbot and lifted it in May.")
    assert [a.type for a in found] == ["ban/block", "lift/repeal"]


def test_a_chamber_that_votes_for_a_probe_investigates():
    found = acts("The European Parliament voted to investigate whether the agency had leaked files.")
    assert [a.type for a in found] == ["investigate"]


def test_who_carries_out_the_ban_of_another_has_not_made_it():
    found = acts("The U.S. Customs and Border Protection implemented President Donald Trump's travel ban in January.")
    assert "US Customs and Border Protection" not in {a.actor for a in found}
