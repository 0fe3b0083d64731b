import zipfile
import zlib

BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, NotImplementedError, RuntimeError)
"""What `zipfile` raises where an uploaded archive is damaged, cut off, locked, or packed in a way it does not know
(NotImplementedError); catch all of them and tell the reader in one sentence."""
