"""The standards board."""

from django.urls import path

from .views import board, board_records

urlpatterns = [
    path("board/", board.board, name="board"),
    path("board/settings/", board.board_settings, name="board-settings"),
    path("board/<slug:key>/", board.board_standard, name="board-standard"),
    path("board/<slug:key>/records/", board_records.board_records, name="board-records"),
]
