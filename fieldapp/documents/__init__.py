"""Papers of the City as PDF: blank forms to fill, forms that residents filled, and documents that are issued."""
