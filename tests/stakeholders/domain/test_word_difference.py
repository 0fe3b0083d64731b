from stakeholders.domain.word_difference import ADDED, REMOVED, SAME, Piece, word_difference


def test_words_are_marked_and_the_rest_stays() -> None:
    assert word_difference("Mehr Werkstatt wagen.", "Mehr Labor wagen.") == [
        Piece(SAME, "Mehr "),
        Piece(REMOVED, "Werkstatt"),
        Piece(ADDED, "Labor"),
        Piece(SAME, " wagen."),
    ]


def test_both_texts_can_be_read_from_the_pieces() -> None:
    before, after = "Eins zwei\n\ndrei vier.", "Zwei drei\nund vier!"
    pieces = word_difference(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != ADDED).split() == before.split()
    assert "".join(piece.text for piece in pieces if piece.kind != REMOVED) == after


def test_equal_texts_have_one_piece_and_empty_ones_none() -> None:
    assert word_difference("Gleich.", "Gleich.") == [Piece(SAME, "Gleich.")]
    assert word_difference("", "") == []
