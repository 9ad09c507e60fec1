"""Whether a text speaks to a language model, so that no model's word for it counts as relief."""

from __future__ import annotations

import re2

from demur.core.folding import fold

_DROP = r"(?:ignor|disregard|forget|overrid|overrul|bypass|skip|don'?t follow|do not follow|stop following)\w*"
_DROP_ES = r"(?:ignor|olvid|omit|descart|desobedec|haz caso omiso|no sigas|no hagas caso)\w*"
_ORDERS = (
    r"(?:instruction|prompt|rule|guideline|guidance|direction|order|polic|above|previous|earlier|prior|everything)"
)
_ORDERS_ES = r"(?:instruccion|indicacion|regla|orden|consigna|anterior|arriba|mensaje|todo lo)"
_ANSWER = r"(?:respond|repl|answer|say|output|return|print|write|classif|label|mark|rate|judg|treat|consider|give)\w*"
_ANSWER_ES = r"(?:respond|contest|conteste|devuelv|escrib|clasific|marc|consider|trat|decid)\w*"
_RESULT = r"(?:clear|hold|unsure|json|verdict|harmless|not about (?:a |any )?client|veredicto|inofensivo)\b"

_ADDRESSED = re2.compile(
    "(?s)"
    + "|".join(
        (
            # The marks with which chat templates separate who speaks.
            r"<\||\|>|\[/?inst\]|<</?sys>>|</?s>|</?(?:start|end)_of_turn>|</?(?:system|user|assistant|think|tool)\b",
            r"(?m:^\W*(?:system|assistant|user|human|ai)\s*:)|###+\s*(?:system|instruction|response|assistant|user)",
            # Something that looks like the answer, or like the lines around the draft.
            r"[\"']\s*(?:verdict|words|role|content|veredicto)\s*[\"']\s*:|\bverdict\W{0,4}(?:is|=|:)?\W{0,4}"
            + _RESULT,
            r"draft-[0-9a-f]{8}|<</?\s*end\b|\b(?:end|begin(?:ning)?) of (?:the )?(?:draft|post|data|input|message)\b",
            # Orders, in English and in Spanish.
            rf"\b{_DROP}\b.{{0,60}}\b{_ORDERS}",
            rf"\b{_DROP_ES}\b.{{0,60}}\b{_ORDERS_ES}",
            rf"\b(?:{_ANSWER}|{_ANSWER_ES})\b.{{0,40}}\b{_RESULT}",
            r"\b(?:new|updated?|real|actual|nuevas?) (?:instruction|instruccion|system|prompt|task|orders)",
            r"\b(?:system|developer) (?:prompt|message|mode|override|note)\b|\bprompt injection\b|\bjailbreak",
            r"\byou are (?:now )?(?:a|an|the)\b.{0,40}\b(?:assistant|model|ai|bot|classifier|reviewer|moderator)\b",
            r"\beres (?:ahora )?(?:un|una|el|la)\b.{0,40}\b(?:asistente|modelo|ia|bot|clasificador|moderador)\b",
            r"\b(?:note|message|attention|dear|hey|hello|nota|aviso|atencion|hola|to|para)\b.{0,12}\b"
            r"(?:ai|llm|gpt|chatgpt|language model|modelo|ia|bot|classifier|moderat(?:ion|or)|second reader|checker)\b",
            r"\b(?:as an ai|language model|large model|modelo de lenguaje|inteligencia artificial)\b",
            # What no person reads: a long run of letters and digits may be an order in another writing.
            r"[a-z0-9+/=_\-]{48,}",
        )
    )
)
_SQUASHED = re2.compile(
    r"(?:ignor|disregard|forget|overrid)e?(?:the|all|any|your|my|these|those)*(?:previous|prior|earlier)?"
    r"(?:instruction|prompt|rule|guideline)"
    r"|ignor[ae](?:todas?)?(?:las|tus|sus)?instruccion"
    r"|(?:respond|reply|answer|output)(?:only)?(?:with)?(?:the)?(?:word)?(?:clear|hold|json)"
    r"|verdict(?:is)?(?:clear|hold|unsure)|systemprompt"
)
"""The plainest orders with everything but letters taken out, for those who space them or strew signs in between."""
_NOT_A_LETTER = re2.compile(r"[\W\d_]+")


def addresses_a_model(text: str) -> bool:
    """Whether something in a text is put to a language model rather than to people. Linear time.

    It is meant to cry wolf: all that follows is that a doubt stays a question.
    """
    if any("\U000e0000" <= letter <= "\U000e007f" for letter in text):
        # Tag characters can't be seen, and models read them as letters.
        return True
    folded = fold(text).text
    return bool(_ADDRESSED.search(folded) or _SQUASHED.search(_NOT_A_LETTER.sub("", folded)))
