"""A resident's own words find the service."""

from __future__ import annotations

import pytest

from fieldapp.paths import shared_cache
from fieldapp.services import Catalogue
from fieldapp.services.finding import find


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """All services that ship with the program."""
    return Catalogue.load(cache=shared_cache())


def ids(catalogue: Catalogue, text: str) -> list[str]:
    return [service.id for service in find(catalogue.all(), text)]


@pytest.mark.parametrize(
    "text",
    [
        "couch at the curb",
        "Couches",
        "my old mattress",
        "vieux divan",
        "gros déchets",
        "REFRIGERATEUR",
        "bulk",
        "fridg",
    ],
)
def test_plain_words_find_bulk_pick_up(catalogue: Catalogue, text: str) -> None:
    assert ids(catalogue, text)[0] == "bulk-pickup"


@pytest.mark.parametrize("text", ["I want to build a new deck", "sous-sol", "building permit", "demolish my garage"])
def test_plain_words_find_the_building_permit(catalogue: Catalogue, text: str) -> None:
    assert ids(catalogue, text)[0] == "building-permit"


@pytest.mark.parametrize("text", ["", "   ", "the of and", "xylophone"])
def test_words_that_say_nothing_find_nothing(catalogue: Catalogue, text: str) -> None:
    assert ids(catalogue, text) == []


SAID = {
    "bulk-pickup": "couch at the curb|vieux divan au trottoir|frigo|big garbage|vieux meubles|"
    "my old freezer|ma laveuse",
    "bylaw-complaint": "my neighbour's dog|barking dog|rats|mon voisin fait du bruit|"
    "no heat in my apartment|pas de chauffage|garbage in my neighbour's yard|chien errant|long grass next door",
    "transit-feedback": "lost umbrella on the bus|bus pass|passe d'autobus|"
    "téléphone oublié dans l'autobus|lost my phone on the bus",
    "building-permit": "new deck|terrasse neuve|build a shed|cabanon",
    "short-term-rental": "Airbnb|rent my house to tourists",
    "marriage-licence": "get married|se marier|wedding licence|marriage certificate|change my name after the wedding",
    "civil-ceremony": "married at city hall|mariage à l'hôtel de ville",
    "tax-account": "tax bill by email|pay my property taxes|facture de taxes|impôts",
    "parking-dispute": "parking ticket|contester une contravention de stationnement|parking fine",
    "provincial-offence": "speeding ticket|excès de vitesse|pay a fine",
    "film-permit": "closing the street for a movie|fermer la rue pour un film|shoot a film in the park",
    "special-event": "block party|fête de quartier|close the street for a festival|fête des voisins",
    "dog-licence": "lost dog|chien perdu|dog tag|my puppy|médaille perdue",
    "extra-garbage": "ordures|garbage|trop d'ordures|more garbage bags",
    "property-request": "house closing|tax certificate|lawyer letter for a closing|vente de maison",
    "road-defect": "pothole|nid-de-poule|street light out|lampadaire éteint|trottoir brisé",
    "claim-notice": "claim for my car|I fell on the sidewalk|je suis tombé sur le trottoir|water in the basement",
    "tree-request": "dead tree|arbre mort|fallen branch",
    "vaccine": "flu shot|vaccin pour l'école|vaccine appointment",
    "home-fire-safety": "smoke alarm|avertisseur de fumée|my alarm beeps",
    "green-bin": "blue box|bac bleu|broken green bin|bac vert brisé",
    "burn-permit": "campfire|feu de camp|burn leaves",
    "business-licence": "open a restaurant|ouvrir un commerce|food truck licence",
    "residential-parking": "park on my street|stationner dans ma rue|vignette",
    "access-request": "freedom of information|accès à l'information",
    "accessible-transit": "wheelchair bus|transport adapté|DARTS",
    "noise-exemption": "permission for noise|loud event|travaux de nuit",
    "rental-licence": "rent out a student house|permis de logement locatif",
    "vacant-building": "boarded up house|maison placardée",
    "vacant-unit-tax": "vacancy tax|logement vacant",
    "enrichment-fund": "grant for our festival|subvention",
    "parking-help": "parking meter is broken|parcomètre brisé",
}


@pytest.mark.parametrize(("service", "said"), [(one, text) for one, texts in SAID.items() for text in texts.split("|")])
def test_among_all_services_plain_words_find_the_one(catalogue: Catalogue, service: str, said: str) -> None:
    asked = [one for one in catalogue if not one.internal and one.stands_alone and "counter" in one.start_roles]
    assert find(asked, said)[0].id == service


@pytest.mark.parametrize("text", ["birth certificate", "acte de naissance", "commissioner of oaths"])
def test_what_the_city_does_not_do_is_not_answered_with_what_shares_a_word(catalogue: Catalogue, text: str) -> None:
    assert ids(catalogue, text) == []


def test_every_service_that_residents_ask_for_has_many_words_in_both_languages(catalogue: Catalogue) -> None:
    asked = [one for one in catalogue if not one.internal and one.stands_alone and "counter" in one.start_roles]
    assert {one.id for one in asked if min(len(words) for words in one.keywords.values()) < 8} == set()


def test_a_word_of_many_services_tells_less_than_one_of_few(catalogue: Catalogue) -> None:
    """ "Request" stands in many titles, "tree" in few."""
    assert ids(catalogue, "tree request")[0] == "tree-request"
    assert ids(catalogue, "request about a dog")[0] == "dog-licence"


@pytest.mark.parametrize(
    ("text", "first"), [("couhc", "bulk-pickup"), ("matress", "bulk-pickup"), ("divann", "bulk-pickup")]
)
def test_a_word_with_a_wrong_letter_still_finds_its_service(catalogue: Catalogue, text: str, first: str) -> None:
    assert ids(catalogue, text)[:1] == [first]


def test_a_wrong_letter_never_hides_what_is_typed_right(catalogue: Catalogue) -> None:
    assert ids(catalogue, "couch") == ids(catalogue, "Couches")
