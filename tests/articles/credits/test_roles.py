from articles import credits
from articles.models import Role, StageMark


def test_credits_on_file_have_the_roles_that_lines_have():
    assert {role.value for role in Role} == {role.value for role in credits.Role}
    assert {stage.value for stage in StageMark} == {stage.value for stage in credits.Stage}
