"""Two persons are compared in compiled loops over `PeopleArrays`: levels and bits of every kind, words of none."""
