import io

from pypdf import PdfReader

from toolkit.deliverables.pdf.packed import packed

SMALL = (
    b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    b"2 0 obj\n<</Type/Pages/Count 1/Kids[3 0 R]>>\nendobj\n"
    b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>\nendobj\n"
    b"4 0 obj\n<</Length 3>>\nstream\nq Q\nendstream\nendobj\n"
)


def closed(body):
    places = [body.index(b"%d 0 obj" % one) for one in range(1, 5)]
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 5\n0000000000 65535 f \n"
    tail = b"trailer\n<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(body)
    return body + head + table + tail


def test_a_packed_file_has_the_same_objects():
    plain, made = (PdfReader(io.BytesIO(one)) for one in (closed(SMALL), packed(closed(SMALL))))
    for file in (plain, made):
        assert len(file.pages) == 1
        assert file.pages[0].mediabox.width == 9
        assert file.pages[0].get_contents().get_data().strip() == b"q Q"
    assert {1, 2, 3} <= set(made.xref_objStm)
    assert 4 not in made.xref_objStm


def test_a_file_of_another_make_stays_as_it_is():
    assert packed(packed(closed(SMALL))) == packed(closed(SMALL))
    assert packed(b"no pdf") == b"no pdf"


def test_a_report_is_half_the_size_and_opens(sample):
    file = PdfReader(io.BytesIO(sample[1]), strict=True)
    assert len(file.xref_objStm) > 200
    assert all(page.extract_text() is not None for page in file.pages)
