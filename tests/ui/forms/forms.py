"""Small real XLSForms that the tests of the renderer share."""

from __future__ import annotations

from fieldapp.forms import FormDefinition
from tests.support.ui_forms import form


def small() -> FormDefinition:
    """Two sections: a visit with text, number, date and choices; a result with a follow-up question."""
    return form(
        """
        | type | name | label::en | label::fr | required | relevant | constraint | constraint_message | appearance |
        | begin_group | visit | Visit | Visite | | | | | |
        | text | permit | Permit | Permis | yes | | regex(., '[0-9-]+') | Digits only. | |
        | integer | storeys | Storeys | Étages | | | . < 100 | At most 99. | |
        | decimal | area | Area | Superficie | | | | | |
        | date | on | Visited on | Visité le | | | . <= today() | Not in the future. | |
        | dateTime | arrived | Arrived | Arrivée | | | | | |
        | time | until | Until | Jusqu'à | | | | | |
        | text | remarks | Remarks | Remarques | | | | | multiline |
        | end_group | | | | | | | | |
        | begin_group | outcome | Result | Résultat | | | | | |
        | select_one yn | safe | Is it safe? | Est-ce sûr? | yes | | | | |
        | text | why | Why not? | Pourquoi pas? | yes | ${safe} = 'no' | | | |
        | note | thanks | Thank you, **${permit}**. | Merci, **${permit}**. | | | | | |
        | end_group | | | | | | | | |
        """,
        """
        | list_name | name | label::en | label::fr |
        | yn | yes | Yes | Oui |
        | yn | no | No | Non |
        """,
    )


def choosing() -> FormDefinition:
    """Every way to choose: buttons, radio list, combo, searched combo, several, filtered."""
    colours = "\n".join(f"| colour | c{number} | Colour {number} | Couleur {number} | |" for number in range(12))
    return form(
        """
        | type | name | label::en | label::fr | choice_filter | appearance |
        | select_one yn | safe | Is it safe? | Est-ce sûr? | | |
        | select_one ground | ground | What is the ground made of? | De quoi est fait le sol? | | |
        | select_one colour | colour | Colour | Couleur | | |
        | select_multiple yn | many | Which of them? | Lesquels? | | |
        | select_one town | town | Town | Ville | | minimal |
        | select_one street | street | Street | Rue | town = ${town} | minimal |
        """,
        f"""
        | list_name | name | label::en | label::fr | town |
        | yn | yes | Yes | Oui | |
        | yn | no | No | Non | |
        | ground | clay | Clay, as found everywhere on the site this spring | Argile, partout | |
        | ground | sand | Sand, brought from elsewhere and compacted in layers | Sable apporté | |
        | ground | rock | Rock | Roc | |
        {colours}
        | town | dundas | Dundas | Dundas | |
        | town | ancaster | Ancaster | Ancaster | |
        | street | king | King Street | Rue King | dundas |
        | street | hatt | Hatt Street | Rue Hatt | dundas |
        | street | wilson | Wilson Street | Rue Wilson | ancaster |
        """,
    )


def checking() -> FormDefinition:
    """A checklist with a count, whose failed lines ask what was found and by when to correct it."""
    return form(
        """
        | type | name | label::en | label::fr | required | relevant | repeat_count | calculation |
        | begin_group | checklist | Checklist | Liste | | | | |
        | begin_repeat | check | Item | Point | | | 3 | |
        | calculate | item | | | | | | concat('Item ', position(..)) |
        | select_one seen | result | ${item} | ${item} | yes | | | |
        | text | found | What was found | Constat | yes | ${result} = 'fail' | | |
        | date | fix_by | Correct by | À corriger | | ${result} = 'fail' | | |
        | end_repeat | | | | | | | |
        | end_group | | | | | | | |
        | text | after | After it | Ensuite | | | | |
        """,
        """
        | list_name | name | label::en | label::fr |
        | seen | pass | Pass | Conforme |
        | seen | fail | Fail | Non conforme |
        | seen | not_seen | Not seen | Non vu |
        | seen | na | N/A | S. o. |
        """,
    )


def repeating() -> FormDefinition:
    """Persons met, as many as there were, each with the papers they showed."""
    return form(
        """
        | type | name | label::en | label::fr | required |
        | begin_repeat | person | Person | Personne | |
        | text | name | Name | Nom | yes |
        | text | role | Role | Rôle | |
        | begin_repeat | paper | Paper | Document | |
        | text | kind | Kind | Sorte | |
        | end_repeat | | | | |
        | end_repeat | | | | |
        """
    )


def filing() -> FormDefinition:
    """A photo, a signature, a file, a position, an address and a box to tick."""
    return form(
        """
        | type | name | label::en | label::fr | required | appearance |
        | image | photo | Photo | Photo | | |
        | image | sign | Signature | Signature | | signature |
        | file | plan | Plan | Plan | | |
        | text | address | Address | Adresse | | address |
        | geopoint | loc | Location | Emplacement | | |
        | acknowledge | told | The person was told | La personne est avisée | yes | |
        | geotrace | way | The way | Le chemin | | |
        """
    )
