"""Which of the two languages that Demur speaks a draft is in, so that help comes in that one."""

from __future__ import annotations

import re

from demur.core.folding import fold

_SPANISH = re.compile(
    r"\b(?:al|algo|alguien|anoche|aqui|asi|con|cuando|de|del|dejo|despues|donde|el|ella|ellos|en|es|esta|estan|estar"
    r"|este|esto|estoy|fue|gente|gracias|gusta|ha|hace|hacer|han|hasta|hay|hoy|la|las|le|les|lo|los|mas|mi"
    r"|mis|mucho|muy|nada|nadie|ni|noche|nos|otra|otro|para|pero|por|porque|puedo|que|quien|quiero|se|sea|ser|si"
    r"|sin|siempre|sobre|solo|son|soy|su|sus|tan|te|tengo|tiempo|tiene|todo|todos|tu|un|una|uno|vez|vida|voy|ya"
    r"|yo)\b"
)
_ENGLISH = re.compile(
    r"\b(?:about|again|all|am|an|and|any|are|as|at|be|been|but|by|can|can't|could|day|didn't|do|don't|done|even|for"
    r"|from|get|go|going|good|got|had|has|have|he|her|here|him|his|how|i|i'm|if|in|is|it|it's|just|keep|know"
    r"|like|more|my|need|never|not|now|of|on|one|or|our|out|over|people|she|so|some|still|than|that|the|their"
    r"|them|then|there|they|this|time|to|today|tonight|too|up|us|want|was|we|were|what|when|who|will|with|work"
    r"|would|you|your)\b"
)
"""Small words that most sentences have; those that both languages write alike ("me", "no") are in neither."""


def is_spanish(text: str) -> bool:
    """Whether more of its small words are Spanish than English. Linear; text in another language counts as English."""
    folded = fold(text).text
    return len(_SPANISH.findall(folded)) > len(_ENGLISH.findall(folded))
