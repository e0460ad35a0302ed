"""`release-portal verify`: whether an audit package is what was made."""

from pathlib import Path

import click


@click.command()
@click.argument("package", type=click.Path(path_type=Path))
@click.option(
    "--allowed-signers",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Keys that you trust, as ssh-keygen reads them.",
)
@click.option("--signer", metavar="ADDRESS", help="Who must have signed.")
@click.option("--digest", metavar="SHA256", help="The digest that `package` printed.")
@click.option("--at", metavar="YYYYMMDD", help="When the key must have been valid. Default: today.")
def verify(
    package: Path, allowed_signers: Path | None, signer: str | None, digest: str | None, at: str | None
) -> int:
    """Verify PACKAGE, an archive or the folder it was unpacked to: all that is listed is there, and nothing else.

    It is the program that each package holds as verify.py. Exit code 0: valid; 1: not; 2: usage; 3: the signature
    was not checked.

    \b
    Examples:
      release-portal verify audit-package-2.4.0.zip --allowed-signers roster/allowed_signers
    """  # fmt: skip
    from release_portal.audit import verify as program

    given = {"--allowed-signers": allowed_signers, "--signer": signer, "--digest": digest, "--at": at}
    options = [f"{name}={value}" for name, value in given.items() if value is not None]
    return program.main([*options, "--", str(package)])
