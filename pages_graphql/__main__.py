"""The commands, as `python -m pages_graphql`."""

from pages_graphql.cli import app

if __name__ == "__main__":
    app(prog_name="pages-graphql")
