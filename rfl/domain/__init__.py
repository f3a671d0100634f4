"""The rules of the work: values, states and permissions. Nothing here touches Flask or a database."""
