"""Use cases, one file each: the actor first, one transaction, one audit entry; nothing here sees Flask."""
