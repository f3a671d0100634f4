"""Each script is read into one small alphabet of sounds, so that names can meet across scripts.

Sounds: a e i o u; b p t d k q g f v w m n l r s z h y j; S (sh), C (ch), Z (zh), c (ts), x (kh), G (gh),
T (th), D (dh), ' (ayn, hamza). A script without written short vowels is marked `abjad`.
"""

from matching.scripts.reading import Reading, fold, read, script_of

__all__ = ["Reading", "fold", "read", "script_of"]
