"""Routes of cms_tracker.rights. Paths say nothing of child maintenance: they stay in the browser history."""

app_name = "rights"

urlpatterns: list[object] = []
