"""Days that dates as written name; what may mean several days stays unknown."""

from __future__ import annotations

import pytest

from comments.days import read_day, read_days


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("Wednesday, May 10, 2006 at 8:30 pm", "2006-05-10"),
        ("May 25th, 2010 at 14:33", "2010-05-25"),
        ("10:12 May 5, 2014", "2014-05-05"),
        ("19. Juni 2018 um 15:28 Uhr", "2018-06-19"),
        ("zaterdag 24 mei 2008 om 10:32", "2008-05-24"),
        ("le 1er août 2012 à 9h05", "2012-08-01"),
        ("3 de octubre de 2014", "2014-10-03"),
        ("4 d’octobre 2014", "2014-10-04"),
        ("1 octobre 2014", "2014-10-01"),
        ("12 Mayıs 2014", "2014-05-12"),
        ("5 июня 2011 в 12:40", "2011-06-05"),
        ("१२ मार्च २०१४", "2014-03-12"),
        ("14 tháng 3, 2016", "2016-03-14"),
        ("2014年3月9日 12:01", "2014-03-09"),
        ("2014. 3. 9. 12:01", "2014-03-09"),
        ("2014-03-09T23:59:00Z", "2014-03-09"),
        ("2014/3/9 07:15", "2014-03-09"),
        ("05.11.2019 // 07:08", "2019-11-05"),
        ("31/12/2014 at 15:43", "2014-12-31"),
        ("12/17/2017 at 8:50 pm", "2017-12-17"),
        ("04-04-2014", "2014-04-04"),
    ],
)
def test_a_date_that_can_mean_one_day_is_read(written, day):
    assert read_day(written) == day


@pytest.mark.parametrize(
    "written",
    [
        "",
        "3 hours ago",
        "yesterday at 10:12",
        "March 12",
        "12 March at 20:14",
        "03/04/2014",
        "12/03/14",
        "12.03.14",
        "31 February 2014",
        "30/02/2014",
        "20/20/2014",
        "mar 12 mayo 2014",
        "March 12, 2014, edited May 13, 2014",
        "May 2014",
        "12 May 13, 2014",
        "May 12, 2013 or 2014",
        "²/³/2014",
    ],
)
def test_what_names_no_day_or_may_mean_several_stays_unknown(written):
    assert read_day(written) is None


def test_numbers_are_read_as_other_dates_of_the_site_show():
    written = [
        "03/04/2014",
        "25/12/2013",
        "03/04/2014",
        "12/25/2013",
        "03/04/2014",
        "03/04/2014",
        "13/12/2013",
        "12/13/2013",
    ]
    sites = ["day", "day", "month", "month", "neither", "both", "both", "both"]
    found = read_days(written, [None] * 8, sites)
    assert found[:4] == ["2014-04-03", "2013-12-25", "2014-03-04", "2013-12-25"]
    assert found[4:] == [None, None, "2013-12-13", "2013-12-13"]


def test_the_time_for_machines_counts_before_what_is_written():
    assert read_days(["May 2, 2014"], ["2014-05-03T01:00:00Z"], ["a"]) == ["2014-05-03"]
    assert read_days(["May 2, 2014", None], ["last week", "?"], ["a", "a"]) == ["2014-05-02", None]


@pytest.mark.parametrize("time", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "1899-12-30"])
def test_the_ends_of_a_computers_calendar_are_no_day(time):
    assert read_days([None, "May 2, 2014"], [time, time], ["a", "a"]) == [None, "2014-05-02"]
