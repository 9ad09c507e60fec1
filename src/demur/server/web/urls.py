"""Which page answers what. No address holds a name, a handle or a draft: those travel in bodies only."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from demur.server.web import caseload, check, decide, fine, home, log, policy, supervision, unlock

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("check/", check.check, name="check"),
    path("check/live/", check.live, name="check-live"),
    path("fine/", fine.fine, name="fine"),
    path("fine/new/", fine.call, name="fine-new"),
    path("fine/end/", fine.end, name="fine-end"),
    path("supervision/", supervision.notes, name="supervision"),
    path("supervision/new/", supervision.new, name="note-new"),
    path("supervision/<slug:key>/", supervision.note, name="note"),
    path("supervision/<slug:key>/remove/", supervision.remove, name="note-remove"),
    path("request/", decide.decide, name="request"),
    path("visible/", home.visible, name="visible"),
    path("caseload/", caseload.caseload, name="caseload"),
    path("caseload/import/", caseload.bring_in, name="caseload-import"),
    path("caseload/remove/", caseload.remove, name="caseload-remove"),
    path("caseload/clear/", caseload.clear, name="caseload-clear"),
    path("caseload/template.csv", caseload.template, name="caseload-template"),
    path("sample/load/", home.sample_load, name="sample-load"),
    path("sample/remove/", home.sample_remove, name="sample-remove"),
    path("policy/", policy.policy, name="policy"),
    path("policy/try/", policy.try_post, name="try-post"),
    path("policy/try/request/", policy.try_request, name="try-request"),
    path("policy/<path:clause_id>/", policy.clause, name="clause"),
    path("log/", log.log, name="log"),
    path("unlock/", unlock.unlock, name="unlock"),
    # The lock's redirect and the address that people type.
    path("unlock", unlock.unlock),
    path("lock/", unlock.lock, name="lock"),
]
