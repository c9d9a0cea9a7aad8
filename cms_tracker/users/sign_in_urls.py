"""Routes of signing in, under the names that django-allauth looks up. Its other pages are not here."""

from django.urls import path, re_path

from cms_tracker.users import second_step_views, views

urlpatterns = [
    path("login/", views.sign_in, name="account_login"),
    path("login/code/", second_step_views.ask, name="mfa_authenticate"),
    path("logout/", views.sign_out, name="account_logout"),
    path("signup/", views.sign_up, name="account_signup"),
    path("confirm-email/", views.look_for_email, name="account_email_verification_sent"),
    re_path(r"^confirm-email/(?P<key>[-:\w]+)/$", views.confirm_address, name="account_confirm_email"),
    path("password/change/", views.change_password, name="account_change_password"),
    path("password/reset/", views.ask_for_new_password, name="account_reset_password"),
    path("password/reset/done/", views.new_password_asked, name="account_reset_password_done"),
    path("password/reset/key/done/", views.new_password_set, name="account_reset_password_from_key_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.new_password,
        name="account_reset_password_from_key",
    ),
]
