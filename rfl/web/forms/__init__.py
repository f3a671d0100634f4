"""Forms, one file per blueprint: they list the fields they accept and nothing else."""
