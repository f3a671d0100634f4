"""English, French, German, Dutch, Italian, Nordic and Haitian names, and French or English use in Africa."""

from __future__ import annotations

from matching.traditions.tradition import Tradition, spellings

# Origin: general knowledge.
TRADITION = Tradition(
    "western",
    titles=spellings(
        """dr mr mrs ms miss mister prof sir rev reverend pastor father fr capt sgt col gen lt
        madame monsieur mme mlle mademoiselle me maitre maître docteur mwalimu herr frau fräulein fraulein
        signor signora sig snr jnr esq phd dame lord lady baronet"""
    ),
    particles=spellings(
        """born nee née né ne epouse épouse ep ép ép. vve veuve dit dite dits alias aka known
        geb geborene gesch verw witwe verheiratet
        des du della di dal dalla dello degli van von der den ten ter zu zum zur af av ap ab fitz"""
    ),
)
