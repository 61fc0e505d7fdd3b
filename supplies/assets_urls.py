"""Addresses of the register of assets: the list, one asset and its deeds, hand-overs, maintenance."""

from django.urls import include, path

from .views import asset_deeds, assets, depreciation, handovers, maintenance

DEEDS = [
    path(f"<int:pk>/{deed}/", asset_deeds.asset_deed, {"deed": deed}, name=f"asset-{deed}")
    for deed in asset_deeds.DEEDS
]

asset_urls = [
    path("", assets.assets, name="assets"),
    path("new/", assets.asset_new, name="asset-new"),
    path("mine/", handovers.my_assets, name="my-assets"),
    path("lent/", assets.assets_lent, name="assets-lent"),
    path("labels/", assets.asset_labels, name="asset-labels"),
    path("maintenance/", maintenance.maintenance, name="maintenance"),
    path("depreciation/", depreciation.depreciation, name="depreciation"),
    path("<int:pk>/", assets.asset, name="asset"),
    path("<int:pk>/picture/", assets.asset_picture, name="asset-picture"),
    path("<int:pk>/code/", assets.asset_code, name="asset-code"),
    path("<int:pk>/correct/", assets.asset_correct, name="asset-correct"),
    path("<int:pk>/plan/", maintenance.plan_new, name="plan-new"),
    *DEEDS,
]

handover_urls = [
    path("new/", handovers.handover_new, name="handover-new"),
    path("accept/", handovers.handovers_accept, name="handovers-accept"),
    path("<int:pk>/", handovers.handover, name="handover"),
    path("<int:pk>/accept/", handovers.handover_accept, name="handover-accept"),
    path("<int:pk>/decline/", handovers.handover_decline, name="handover-decline"),
    path("<int:pk>/withdraw/", handovers.handover_withdraw, name="handover-withdraw"),
    path("<int:pk>/sheet/", handovers.handover_sheet, name="handover-sheet"),
]

plan_urls = [
    path("<int:pk>/done/", maintenance.plan_done, name="plan-done"),
    path("<int:pk>/amend/", maintenance.plan_amend, name="plan-amend"),
    path("<int:pk>/end/", maintenance.plan_end, name="plan-end"),
]

urlpatterns = [
    path("assets/", include(asset_urls)),
    path("assets/handovers/", include(handover_urls)),
    path("assets/plans/", include(plan_urls)),
]
