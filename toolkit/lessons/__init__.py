"""Lessons: a framework at a time, with questions checked on a shipped firm or on one's own data."""

from toolkit.lessons.blank import BLANK, Blank
from toolkit.lessons.lesson import Lesson, lesson, lesson_names
from toolkit.lessons.question import Question
from toolkit.lessons.result import Hint, Result, Solution

__all__ = [
    "BLANK",
    "Blank",
    "Hint",
    "Lesson",
    "Question",
    "Result",
    "Solution",
    "lesson",
    "lesson_names",
]
