"""What is said of the sources: words that an official document may print."""

from maillage.apps.territories import catalogue


def test_a_year_that_the_source_does_not_publish_is_said_without_words_of_developers() -> None:
    for source in (catalogue.communes("1"), catalogue.contours("1")):
        assert source.vintage == "année non publiée par la source"
