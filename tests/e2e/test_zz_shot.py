import pytest
pytestmark = pytest.mark.browser
def test_shot(open_page):
    page = open_page("/connections/", width=390)
    page.get_by_text("Connect your Bluesky account").click()
    page.screenshot(path="/tmp/pt/empty.png", full_page=True)
    page.get_by_label("Your handle").fill("dana.example")
    page.get_by_label("App password").fill("correct horse")
    page.locator("form[action='/connections/bluesky/'] button").click()
    page.screenshot(path="/tmp/pt/wrong.png", full_page=True)
    page.get_by_label("App password").fill("abcd-efgh-ijkl-mnop")
    page.locator("form[action='/connections/bluesky/'] button").click()
    page.screenshot(path="/tmp/pt/kept.png", full_page=True)
