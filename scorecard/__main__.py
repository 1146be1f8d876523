"""Entry point of `python -m scorecard`."""

from scorecard.command_line.main import main

if __name__ == "__main__":
    raise SystemExit(main())
