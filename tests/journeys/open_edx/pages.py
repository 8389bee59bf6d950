"""The pages around the consumer: signing in, a block in a frame, a block in Studio, the gradebook."""

from django.contrib.auth import login
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.utils.html import format_html, format_html_join
from lti_consumer.api import get_lti_1p3_content_url, get_lti_1p3_launch_start_url
from lti_consumer.data import Lti1p3LaunchData
from lti_consumer.models import LtiAgsLineItem, LtiConfiguration

from tests.journeys.open_edx.course import BLOCKS, COURSE, COURSE_TITLE, GRADES, PEOPLE, block_key, external_id


def enter(request: HttpRequest, username: str) -> HttpResponse:
    """Sign somebody in."""
    login(request, User.objects.get(username=username))
    return HttpResponse(f"You are {username}.")


def block(request: HttpRequest, name: str) -> HttpResponse:
    """Show a block as students and teachers see it in the course: a frame that begins a launch."""
    url = get_lti_1p3_content_url(_launch_data(request, name))
    title = BLOCKS[name].display_name
    frame = format_html('<iframe id="tool" title="{}" src="{}" width="900" height="900"></iframe>', title, url)
    return HttpResponse(format_html("<!doctype html><title>{}</title><h1>{}</h1>{}", title, title, frame))


def studio(request: HttpRequest, name: str) -> HttpResponse:
    """Show what Studio shows an author: the button that opens deep linking in a tab."""
    url = get_lti_1p3_launch_start_url(_launch_data(request, name), deep_link_launch=True)
    link = format_html('<a href="{}" target="_blank">Deep Linking Launch - Configure tool</a>', url)
    return HttpResponse(format_html("<!doctype html><title>Studio</title>{}", link))


def gradebook(_request: HttpRequest) -> HttpResponse:
    """Show what reached the gradebook and which line items there are."""
    grades = format_html_join("", "<li>{} has {} in {}</li>", [(who, points, where) for who, where, points in GRADES])
    items = format_html_join(
        "",
        "<li>{} of {} in {}: {}</li>",
        [
            (item.label, item.score_maximum, item.lti_configuration.location.block_id, _scores(item))
            for item in LtiAgsLineItem.objects.order_by("id")
        ],
    )
    page = '<!doctype html><title>Gradebook</title><ul id="grades">{}</ul><ul id="items">{}</ul>'
    return HttpResponse(format_html(page, grades, items))


def _scores(item: LtiAgsLineItem) -> str:
    return ", ".join(
        f"{score.user_id} {score.score_given:g}/{score.score_maximum:g}" for score in item.scores.order_by("user_id")
    )


def _launch_data(request: HttpRequest, name: str) -> Lti1p3LaunchData:
    config = LtiConfiguration.objects.get(location=block_key(name))
    full_name, role = PEOPLE[request.user.get_username()]
    return Lti1p3LaunchData(
        user_id=request.user.pk,
        user_role=role,
        config_id=config.config_id,
        resource_link_id=str(config.location),
        external_user_id=external_id(request.user),
        name=full_name,
        email=request.user.email,
        launch_presentation_document_target="iframe",
        context_id=str(COURSE),
        context_type=["course_offering"],
        context_title=COURSE_TITLE,
        custom_parameters=config.lti_config["custom"],
    )


urlpatterns = [
    path("enter/<str:username>", enter),
    path("courses/<str:name>", block),
    path("studio/<str:name>", studio),
    path("gradebook", gradebook),
    path("api/", include("lti_consumer.plugin.urls")),
]
