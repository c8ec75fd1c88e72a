"""A form of sixty questions as a city has them: all kinds of controls, a cascade, nested repeats, photo, map, pen."""

from __future__ import annotations

from functools import cache

from fieldapp.forms import FormDefinition
from tests.support.ui_forms import form

ITEMS = (
    ("footing", "Footings", "Semelles"),
    ("studs", "Stud size and spacing", "Montants et espacement"),
    ("headers", "Headers and lintels", "Linteaux"),
    ("hangers", "Joist hangers", "Étriers à solives"),
    ("blocking", "Fire blocking", "Coupe-feu"),
    ("guards", "Guards and handrails", "Garde-corps"),
    ("vapour", "Vapour barrier", "Pare-vapeur"),
    ("drains", "Floor drains", "Avaloirs"),
    ("exits", "Exits clear", "Issues dégagées"),
    ("alarms", "Smoke alarms", "Avertisseurs de fumée"),
)
MEASURES = (
    ("height", "Building height", "Hauteur du bâtiment"),
    ("width", "Lot width", "Largeur du lot"),
    ("front", "Front yard", "Cour avant"),
    ("rear", "Rear yard", "Cour arrière"),
    ("side", "Side yard", "Cour latérale"),
    ("slab", "Slab thickness", "Épaisseur de la dalle"),
)
HEAD = "| type | name | label::en | label::fr | required | relevant | appearance | choice_filter | parameters |"
BEFORE = """
| begin_group | visit | Visit | Visite | | | | | |
| text | permit | Permit | Permis | yes | | | | |
| date | on | Visited on | Visité le | yes | | | | |
| dateTime | arrived | Arrived | Arrivée | | | | | |
| time | until | Until | Jusqu'à | | | | | |
| select_one weather | weather | Weather | Météo | yes | | | | |
| integer | crew | People on site | Personnes sur place | | | | | |
| select_multiple trades | trades | Trades on site | Métiers sur place | | | | | |
| text | remarks | Remarks | Remarques | | | multiline | | |
| acknowledge | told | The owner was told | Le propriétaire est avisé | yes | | | | |
| end_group | | | | | | | | |
| begin_group | place | Place | Lieu | | | | | |
| text | address | Address | Adresse | yes | | address | | |
| select_one town | town | Town | Ville | yes | | minimal | | |
| select_one street | street | Street | Rue | yes | | minimal | town = ${town} | |
| geopoint | loc | Position | Position | yes | | maps | | |
| geotrace | way | Way walked | Chemin parcouru | | | | | |
| geoshape | lot | Area concerned | Secteur visé | yes | | | | |
| barcode | tag | Hydrant tag | Étiquette de la borne | | | | | |
| range | slope | Slope of the yard | Pente de la cour | | | | | start=0 end=10 step=1 |
| end_group | | | | | | | | |
| begin_group | checklist | Checklist | Liste | | | | | |
"""
BETWEEN = """
| text | found | What was found | Constat | yes | ${hangers} = 'fail' | | | |
| date | fix_by | Correct by | À corriger | | ${hangers} = 'fail' | | | |
| end_group | | | | | | | | |
| begin_group | measures | Measures | Mesures | | | | | |
"""
AFTER = """
| integer | storeys | Storeys | Étages | | | | | |
| integer | units | Units | Logements | | | | | |
| select_one use | use | Main use | Usage principal | yes | | | | |
| rank use | ranked | What matters most | Le plus important | | | | | |
| end_group | | | | | | | | |
| begin_repeat | person | Person | Personne | | | | | |
| text | name | Name | Nom | yes | | | | |
| text | role | Role | Rôle | | | | | |
| text | phone | Phone | Téléphone | | | numbers | | |
| select_one yn | present | Was there | Était là | | | | | |
| begin_repeat | paper | Paper shown | Document montré | | | | | |
| text | kind | Kind | Sorte | | | | | |
| text | number | Number | Numéro | | | | | |
| end_repeat | | | | | | | | |
| end_repeat | | | | | | | | |
| begin_group | evidence | Evidence | Preuves | | | | | |
| image | photo | Photo | Photo | yes | | | | max-pixels=1024 |
| image | marked | Photo with marks | Photo annotée | | | annotate | | |
| image | sketch | Sketch | Croquis | | | draw | | |
| audio | voice | What was said | Ce qui a été dit | | | | | |
| video | film | Film | Film | | | | | |
| file | plan | Plan | Plan | | | | | |
| end_group | | | | | | | | |
| begin_group | outcome | Result | Résultat | | | | | |
| select_one yn | safe | Is it safe? | Est-ce sûr? | yes | | | | |
| text | why | Why not? | Pourquoi pas? | yes | ${safe} = 'no' | | | |
| date | again | Come again on | Revenir le | | | | | |
| select_one agree | agree | The owner agrees | Le propriétaire est d'accord | | | likert | | |
| text | mail | E-mail | Courriel | | | | | |
| text | witness | Witness | Témoin | | | | | |
| text | comment | Anything else | Autre chose | | | multiline | | |
| decimal | fee | Fee | Frais | | | | | |
| image | sign | Signature | Signature | yes | | signature | | |
| note | thanks | Thank you, **${permit}**. | Merci, **${permit}**. | | | | | |
| end_group | | | | | | | | |
"""
CHOICES = """
| list_name | name | label::en | label::fr | town |
| yn | yes | Yes | Oui | |
| yn | no | No | Non | |
| seen | pass | Pass | Conforme | |
| seen | fail | Fail | Non conforme | |
| seen | na | N/A | S. o. | |
| weather | dry | Dry | Sec | |
| weather | rain | Rain | Pluie | |
| weather | snow | Snow | Neige | |
| trades | plumber | Plumber | Plombier | |
| trades | roofer | Roofer | Couvreur | |
| trades | mason | Mason | Maçon | |
| use | home | Home | Habitation | |
| use | shop | Shop | Commerce | |
| use | works | Works | Industrie | |
| agree | no | No | Non | |
| agree | partly | Partly | En partie | |
| agree | yes | Yes | Oui | |
| town | dundas | Dundas | Dundas | |
| town | ancaster | Ancaster | Ancaster | |
| street | king | King Street | Rue King | dundas |
| street | hatt | Hatt Street | Rue Hatt | dundas |
| street | wilson | Wilson Street | Rue Wilson | ancaster |
"""


@cache
def sixty() -> FormDefinition:
    """The form."""
    checks = "".join(f"| select_one seen | {name} | {en} | {fr} | yes | | | | |\n" for name, en, fr in ITEMS)
    measures = "".join(f"| decimal | {name} | {en} | {fr} | | | | | |\n" for name, en, fr in MEASURES)
    return form(HEAD + BEFORE + checks + BETWEEN + measures + AFTER, CHOICES)
