"""Routes of cms_tracker.users. Paths say nothing of child maintenance: they stay in the browser history."""

from django.urls import path, re_path

from cms_tracker.users import address_views, confirming, second_step_views, session_pages, views

app_name = "users"

urlpatterns = [
    path("account/", views.account, name="account"),
    path("account/confirm/", confirming.confirm, name="confirm"),
    path("account/devices/", session_pages.sessions, name="sessions"),
    path("account/devices/end-others/", session_pages.end_others, name="end-other-sessions"),
    path("account/devices/<uuid:name>/end/", session_pages.end, name="end-session"),
    path("account/address/", address_views.change_address, name="change-address"),
    re_path(r"^account/address/(?P<key>[-\w]+)/$", address_views.confirm_new_address, name="confirm-new-address"),
    path("account/login/passkey/", second_step_views.sign_in_with_passkey, name="passkey-sign-in"),
    path("account/second-step/", second_step_views.overview, name="second-step"),
    path("account/second-step/app/", second_step_views.add_app, name="add-app"),
    path("account/second-step/app/remove/", second_step_views.remove_app, name="remove-app"),
    path("account/second-step/passkey/", second_step_views.add_passkey, name="add-passkey"),
    path("account/second-step/passkey/<slug:key>/remove/", second_step_views.remove_passkey, name="remove-passkey"),
    path("account/second-step/recovery/", second_step_views.recovery_codes, name="recovery-codes"),
    path("account/stay/", views.stay, name="stay"),
]
