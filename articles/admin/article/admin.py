"""The article: its list, its form, its way through review, its history."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import clock, printed_reviewers
from articles.actions import reviewing, writing
from articles.admin.article import alike, files, listing, packages, pages, translations
from articles.admin.article.deciding import comments, progress, since, verb_pages
from articles.admin.article.deciding.offered import offered
from articles.admin.article.form import (
    checks,
    costs,
    credit_line,
    documents,
    kept,
    library,
    pasting,
    photographers,
    picture_words,
    stale,
    tidy,
    together,
    typed,
    uploaded,
)
from articles.admin.article.form.forms import (
    ArticleForm,
    AttachmentForm,
    ContributionForm,
    CreditForm,
)
from articles.admin.article.record import as_of, comparing, history, reverting, sheet
from articles.admin.base import (
    DeskAdmin,
    addresses,
    is_desk,
    moment,
    refusal,
    visible_articles,
    whole_number,
)
from articles.admin.desk import bulk
from articles.admin.nouns import doubtful, learned
from articles.admin.nouns.photos import thumbnail
from articles.models import (
    Article,
    ArticlePhoto,
    ArticleUnit,
    Attachment,
    Credit,
    Photo,
    Unit,
)
from articles.pictures import MAX_BYTES
from articles.rights import packaging as rights_to_export
from articles.rights import photos as rights_to_photos
from articles.rights import seats
from articles.rights.permissions import NotAllowed, Verb
from articles.rights.writing import OF_THE_DESK
from articles.templatetags.times import lasting

TEXT = ("kicker", "headline", "subhead", "summary", "body")


class RowsInline(admin.StackedInline):
    """Rows of an article, as many as a page can show and a reader can read."""

    extra = 0
    max_num = typed.MAX_ROWS

    def get_formset(self, request, obj=None, **kwargs):
        # Whoever may add none has a limit of none, whatever there is.
        limits = {"validate_max": self.max_num > 0, "absolute_max": typed.MAX_ROWS}
        return super().get_formset(request, obj, **limits, **kwargs)


class CreditInline(RowsInline):
    model = Credit
    form = CreditForm
    fields = (
        ("role", "person", "unit", "note"),
        ("position", "name", "unit_name", "stage"),
    )
    autocomplete_fields = ("person", "unit")


class PhotoInline(RowsInline):
    model = ArticlePhoto
    fields = (("preview", "photo", "caption"), ("position", "paragraph"))
    readonly_fields = ("preview",)
    autocomplete_fields = ("photo",)

    def get_queryset(self, request):
        # Those in the text are shown there.
        return super().get_queryset(request).filter(in_body=False).select_related("photo")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "photo":
            kwargs["queryset"] = Photo.objects.visible_to(request.user, moment(request))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description=gettext_lazy("picture"))
    def preview(self, row):
        return thumbnail(row.photo) if row.photo_id else ""


class UnitInline(RowsInline):
    model = ArticleUnit
    form = ContributionForm
    fields = (("position", "unit", "part", "confirmed"),)
    readonly_fields = ("confirmed",)
    autocomplete_fields = ("unit",)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("confirmed_by", "unit")

    @admin.display(description=gettext_lazy("confirmed"))
    def confirmed(self, row):
        return row.confirmed_by or ""


class AttachmentInline(RowsInline):
    model = Attachment
    form = AttachmentForm
    fields = (("position", "title", "file", "stored"),)
    readonly_fields = ("stored",)

    @admin.display(description=gettext_lazy("on file"))
    def stored(self, row):
        if not row.pk:
            return ""
        return format_html(
            '<a href="{}">{}</a>',
            reverse("admin:articles_article_attachment", args=[row.article_id, row.pk]),
            _("Download, %(size)d kB") % {"size": -(-row.size // 1024)},
        )


@admin.register(Article)
class ArticleAdmin(DeskAdmin):
    form = ArticleForm
    inlines = (PhotoInline, CreditInline, UnitInline, AttachmentInline)
    list_display = (
        "headline",
        "state",
        "at_stage",
        "unit",
        "section",
        "event_date",
        "changed_at",
    )
    list_filter = (
        "status",
        listing.WhoseFilter,
        listing.WhenFilter,
        listing.StageFilter,
        "section",
        ("unit", listing.UnitFilter),
        "form",
        "importance",
    )
    list_select_related = ("unit", "section", "created_by")
    search_fields = ("headline", "subhead", "kicker", "credits__name")
    ordering = ("-changed_at", "-pk")
    # What an index can sort, however many there are.
    sortable_by = ("event_date", "changed_at")
    export_more = (
        "authors",
        "form",
        "importance",
        "language",
        "origin",
        "source",
        "source_url",
        "version_number",
        "first_published_at",
        "created_by",
        "created_at",
    )
    paginator = listing.Pages
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    actions = (
        "submit_selected",
        "approve_selected",
        "return_selected",
        "publish_selected",
        "move_selected",
        "tag_selected",
        "package_selected",
    )
    change_form_template = "admin/articles/article/change_form.html"

    # Who sees what

    def get_queryset(self, request):
        visible = visible_articles(request).select_related("unit", "section", "created_by")
        seen = listing.with_plans(visible, moment(request))
        ordering = self.get_ordering(request)
        return seen.order_by(*ordering) if ordering else seen

    def get_changelist(self, request, **kwargs):
        return listing.ArticleList

    def get_search_results(self, request, queryset, search_term):
        if getattr(request, "is_export", False):
            return listing.found(queryset, search_term), False
        return listing.search(queryset, search_term), False

    def has_change_permission(self, request, obj=None):
        may = super().has_change_permission(request, obj)
        return may and (obj is None or refusal(request, Verb.CHANGE, obj) is None)

    def has_delete_permission(self, request, obj=None):
        # Versions are evidence: an article is rejected or withdrawn, never deleted.
        return False

    # The list

    @admin.display(description=gettext_lazy("status"), ordering="status")
    def state(self, article):
        name, words = article.status, article.get_status_display()
        if article.planned_for is not None:
            when = {"time": progress.moment_text(article.planned_for)}
            if article.is_seen:
                words = _("%(status)s, changes on %(time)s") % {"status": words, **when}
            else:
                name, words = "scheduled", _("scheduled for %(time)s") % when
        return format_html('<span class="state-{}">{}</span>', name, words)

    @admin.display(description=gettext_lazy("stage"), empty_value="")
    def at_stage(self, article):
        """Say where an article in review is, who has it, and until when."""
        review = next(iter(getattr(article, "under_review", ())), None)
        if review is None:
            return ""
        at = clock.here()
        if review.is_overdue(at):
            look, until = "late", _("overdue by %(time)s") % {"time": lasting(review.due_at, at)}
        else:
            look, until = "", _("%(time)s left") % {"time": lasting(at, review.due_at)}
        return format_html(
            '{} · {} · <span class="{}">{}</span>',
            review.stage_name(),
            progress.holder(review),
            look,
            until,
        )

    def rows_to_export(self, request, rows):
        return listing.with_what_counts(rows)

    @admin.display(description=gettext_lazy("authors"))
    def authors(self, article):
        return "、".join(credit.name for credit in article.credits.all())

    @admin.display(description=gettext_lazy("first published at"))
    def first_published_at(self, article):
        return article.first_published

    @admin.action(description=gettext_lazy("Submit for review…"), permissions=["submit"])
    def submit_selected(self, request, queryset):
        return bulk.begin(request, queryset, bulk.JOBS["submit"])

    @admin.action(description=gettext_lazy("Approve…"), permissions=["review"])
    def approve_selected(self, request, queryset):
        return bulk.begin(request, queryset, bulk.JOBS["approve"])

    @admin.action(description=gettext_lazy("Return for changes…"), permissions=["review"])
    def return_selected(self, request, queryset):
        return bulk.begin(request, queryset, bulk.JOBS["return"])

    @admin.action(description=gettext_lazy("Publish or schedule…"), permissions=["publish"])
    def publish_selected(self, request, queryset):
        return bulk.begin(request, queryset, bulk.JOBS["publish"])

    @admin.action(description=gettext_lazy("Move to another section…"), permissions=["write"])
    def move_selected(self, request, queryset):
        return bulk.begin(request, queryset, bulk.JOBS["section"])

    @admin.action(description=gettext_lazy("Add tags…"), permissions=["write"])
    def tag_selected(self, request, queryset):
        return bulk.begin(request, queryset, bulk.JOBS["tag"])

    @admin.action(description=gettext_lazy("Export for the archive"), permissions=["export"])
    def package_selected(self, request, queryset):
        return packages.hand_out(request, queryset)

    def has_export_permission(self, request):
        return rights_to_export.export(request.user) is None

    def has_submit_permission(self, request):
        return request.user.has_perm("articles.submit_article")

    def has_review_permission(self, request):
        return request.user.has_perm("articles.review_article")

    def has_write_permission(self, request):
        # Who proof-reads changes articles, but neither files nor tags them.
        return request.user.has_perm("articles.add_article")

    def has_publish_permission(self, request):
        return request.user.has_perm("articles.publish_article")

    # The form

    def get_formset_kwargs(self, request, obj, inline, prefix):
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if isinstance(inline, CreditInline) and obj.pk:
            outlook = printed_reviewers.outlook(obj, progress.latest_round(obj))
            kwargs["form_kwargs"] = {"outlook": outlook}
        return kwargs

    def get_fieldsets(self, request, obj=None):
        text, tags = TEXT, "tags"
        if obj and not self.has_change_permission(request, obj):
            text, tags = (*TEXT[:-1], "printed_body"), "printed_tags"
        side = {"classes": ("side",)}
        filing = ("section", tags, "unit", "event_date", "form", "importance", "language")
        origin = ("origin", "source", "source_url")
        fieldsets = (
            (None, {"fields": text, "classes": ("text",)}),
            (gettext_lazy("Filing"), {"fields": filing, **side}),
            (gettext_lazy("Origin"), {"fields": origin, **side}),
        )
        if not is_desk(request):
            return fieldsets
        return (*fieldsets, (gettext_lazy("Address and date"), {"fields": OF_THE_DESK, **side}))

    @admin.display(description=gettext_lazy("body"))
    def printed_body(self, article):
        return pages.printed(article.body)

    @admin.display(description=gettext_lazy("tags"))
    def printed_tags(self, article):
        return "、".join(sorted(article.tags.names()))

    def lookup_allowed(self, lookup, value, request):
        # What the desk notes for itself cannot be guessed by asking for it.
        noted = lookup.split("__")[0] in {"embargo_note", "withdrawals", "log_entries"}
        return not (noted and not is_desk(request)) and super().lookup_allowed(
            lookup, value, request
        )

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "unit":
            own = list(rights_to_photos.own_units(request.user, moment(request)))
            if not is_desk(request):
                only = own[0] if len(own) == 1 else None
                queryset = Unit.objects.filter(pk__in=[unit.pk for unit in own])
                kwargs |= {"queryset": queryset, "initial": only}
                if only:
                    kwargs["empty_label"] = None
            elif own:
                kwargs["initial"] = own[0]
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_changeform_initial_data(self, request):
        return {}

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        library = Photo.objects.visible_to(request.user, moment(request))
        own = {
            "library": library,
            "author": request.user,
            "would_reopen": getattr(request, "would_reopen", None),
        }
        form = type(form.__name__, (form,), own)
        draft = self._taken(request, obj)
        return kept.filled_form(form, draft) if draft else form

    def get_formsets_with_inlines(self, request, obj=None):
        draft = self._taken(request, obj)
        for formset, inline in super().get_formsets_with_inlines(request, obj):
            yield (kept.filled_rows(formset, draft) if draft else formset), inline

    def _taken(self, request, obj):
        """Give the kept text that the form is to begin with, if the user may save it."""
        if obj and not self.has_change_permission(request, obj):
            return None
        if request.proposal:
            return request.proposal.draft
        return kept.taken(request, obj)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        request.merge = request.proposal = request.would_reopen = None
        if credit_line.is_asked(request):
            return self._propose(request, object_id, form_url, extra_context)
        is_change = request.method == "POST" and object_id is not None
        try:
            if not is_change:
                with uploaded.forgotten_on_failure(request):
                    return super().changeform_view(request, object_id, form_url, extra_context)
            with uploaded.forgotten_on_failure(request), transaction.atomic():
                self._merge(request, object_id)
                return super().changeform_view(request, object_id, form_url, extra_context)
        except costs.WouldReopen as problem:
            request.would_reopen = str(problem)
            return super().changeform_view(request, object_id, form_url, extra_context)
        except PermissionDenied:
            if not is_change:
                raise
            return self._keep_what_was_typed(request, object_id)
        except NotAllowed as problem:
            return self._keep_what_was_typed(request, object_id, str(problem))

    @transaction.atomic
    def _propose(self, request, object_id, form_url, extra_context):
        """Show the form as it was typed, with what its credit line was read as."""
        article = self.get_object(request, object_id) if object_id else None
        if article is None and (object_id or not self.has_add_permission(request)):
            return super().changeform_view(request, object_id, form_url, extra_context)
        if article and not self.has_change_permission(request, article):
            return self._keep_what_was_typed(request, object_id)
        request.proposal = credit_line.answer(request, article)
        request.method = "GET"  # a form to go on with, not to be saved yet
        return super().changeform_view(request, object_id, form_url, extra_context)

    def _merge(self, request, object_id):
        """Lock an article that is saved; a save that comes after another becomes a merge."""
        article = self.get_object(request, object_id)
        if article is None or not self.has_change_permission(request, article):
            return
        article = Article.objects.select_for_update().get(pk=article.pk)
        request.merge = stale.merge(request, article)
        if request.merge:
            chosen = {name: request.POST.getlist(name) for name in photographers.FIELDS}
            request.POST = stale.as_post(request.merge.data)
            for name, values in chosen.items():
                request.POST.setlist(name, values)

    def _keep_what_was_typed(self, request, object_id, reason=""):
        """Refuse a save, with the text to copy from."""
        article = self.get_object(request, object_id) if object_id else None
        if article and not reason:
            reason = refusal(request, Verb.CHANGE, article) or ""
        typed = [
            (comparing.label(field), request.POST[field])
            for field in TEXT
            if request.POST.get(field)
        ]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Not saved"),
            "opts": self.opts,
            "article": article,
            "reason": reason,
            "typed": typed,
        }
        template = "admin/articles/article/refused.html"
        return TemplateResponse(request, template, context, status=403)

    def save_model(self, request, obj, form, change):
        if not change:
            writing.create(obj, author=request.user, at=moment(request))
            return
        request.__dict__["_may_mend"] = refusal(request, Verb.MEND, obj) is None
        seen = form.cleaned_data["seen_version"]
        writing.begin_change(obj, seen_version=seen, author=request.user, at=moment(request))
        columns = {field.name for field in Article._meta.concrete_fields}
        obj.save(update_fields=columns & set(form.cleaned_data))

    def save_formset(self, request, form, formset, change):
        if formset.model is Attachment:
            uploaded.note(request, formset)
        super().save_formset(request, form, formset, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        credited = photographers.credited(form.instance)
        writing.finish_change(
            form.instance,
            author=request.user,
            at=moment(request),
            reason=stale.reason(request, form.instance, form.cleaned_data["reason"]),
            photographers=photographers.choice(request.POST),
        )
        if change:
            may_mend = request.__dict__["_may_mend"]
            costs.refuse_to_reopen(request, form.instance, may_mend=may_mend)
        kept.saved(request, form.cleaned_data["draft_token"], form.instance)
        request.__dict__["_left_out"] = pasting.left_out(form)
        new = photographers.credited(form.instance) - credited
        request.__dict__["_credited"] = sorted(new)

    def construct_change_message(self, request, form, formsets, add=False):
        """The versions have it, word by word."""

    def log_addition(self, request, obj, message):
        """The action wrote it down already."""

    def log_change(self, request, obj, message):
        """The action wrote it down already."""

    def response_add(self, request, obj, post_url_continue=None):
        return self._saved(request, obj)

    def response_change(self, request, obj):
        return self._saved(request, obj)

    def _saved(self, request, article):
        self.message_user(request, costs.after(request, article), messages.SUCCESS)
        if said := costs.lost(request, article):
            self.message_user(request, said, messages.WARNING)
        if new := request.__dict__.get("_credited"):
            said = _("Added to the credits as photographer: %(names)s.")
            self.message_user(request, said % {"names": ", ".join(new)}, messages.INFO)
        if said := request.__dict__.get("_left_out"):
            self.message_user(request, said, messages.WARNING)
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        status = 200
        form = context["adminform"].form
        context["is_kept"] = obj is None or self.has_change_permission(request, obj)
        context["reading"] = request.proposal.reading if request.proposal else None
        if context["is_kept"]:
            context["most_bytes"] = str(MAX_BYTES)
            open_now = form["draft_token"].value() or ""
            context["offers"] = kept.offers(request, obj, but=open_now)
        # What was typed and could not be saved is checked as it stands.
        is_typed = form.is_bound and context["is_kept"]
        if obj is not None or is_typed:
            context["checks"] = (
                checks.of_typed(request, obj) if is_typed else checks.of_article(request, obj)
            )
            context["checks_typed"] = is_typed
        if obj is not None:
            context |= self._standing(request, obj)
            if getattr(form, "is_stale", False):
                status = 409
                form.look_again()
            context |= {"merge": request.merge, "merge_base": request.POST.get("merge_base")}
        if context["is_kept"]:
            version = context.get("last_version")
            context["photographers"] = self._photographers(request, version, form)
        response = super().render_change_form(request, context, add, change, form_url, obj)
        response.status_code = status
        return response

    def _photographers(self, request, version, form):
        """Offer who took photos: of what was typed, of a kept text, or of what is on file."""
        if form.is_bound:
            return photographers.of_form(request, version, request.POST)
        draft = self._taken(request, version and version.article)
        return photographers.of_kept(request, version, draft.fields if draft else {})

    def _standing(self, request, article):
        """Say where the article is, who has it, and what this user can do next."""
        review = progress.latest_round(article)
        edition = progress.latest_edition(article)
        at = moment(request)
        may, refused = offered(request, article, review)
        under_way = review if article.status == Article.Status.IN_REVIEW else None
        decides = {Verb.APPROVE, Verb.PUBLISH} & {deed.verb for deed, _button in may}
        return {
            "article": article,
            "steps": progress.steps(article, review, edition, at),
            "review": under_way,
            "waits_for_proof": under_way is not None and under_way.waits_for_proofreader(),
            "cost": costs.before(request, article, review),
            "is_stuck": under_way is not None
            and refusal(request, Verb.APPROVE, article) is not None
            and not seats.deciders([under_way], at)[under_way.pk],
            "is_late": under_way is not None and under_way.is_overdue(at),
            "verdict": review.decisions.last() if review and not under_way else None,
            "lacks": reviewing.lacks(article) if Verb.SUBMIT in {d.verb for d, _b in may} else [],
            "may": may,
            "changes": since.changes(article, review, request.user) if review and decides else [],
            "refused": refused,
            "tied": translations.tied_to(request, article),
            "may_comment": refusal(request, Verb.COMMENT, article) is None,
            "why_not_change": refusal(request, Verb.CHANGE, article),
            "forced": article.forced.select_related("answer", "edition").first(),
            "reviewers": printed_reviewers.outlook(article, review),
            "edition": edition,
            "is_embargoed": article.is_embargoed(at),
            "is_live": bool(edition and edition.is_live(at)),
            "threads": comments.threads(article),
            "present": together.others(request, article),
            "log": article.log_entries.shown_to(desk=is_desk(request))[:8],
            "last_version": article.versions.first(),
        }

    # The pages beside the form

    def get_urls(self):
        beside = (
            *kept.PAGES,
            *verb_pages.PAGES,
            *history.PAGES,
            *sheet.PAGES,
            *reverting.PAGES,
            *as_of.PAGES,
            *files.PAGES,
            *alike.PAGES,
            *translations.PAGES,
            *checks.PAGES,
            *tidy.PAGES,
            *pasting.PAGES,
            *photographers.PAGES,
            *picture_words.PAGES,
            *documents.PAGES,
            *comments.PAGES,
            *credit_line.PAGES,
            *doubtful.PAGES,
            *learned.PAGES,
            *library.PAGES,
        )
        return [*addresses(self.admin_site, beside), *super().get_urls()]

    def history_view(self, request, object_id, extra_context=None):
        return history.history(request, whole_number(object_id))
