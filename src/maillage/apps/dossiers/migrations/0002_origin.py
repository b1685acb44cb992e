from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_role_of_who_decides"),
        ("dossiers", "0001_first"),
        ("projets", "0002_step_imposed"),
        ("structures", "0001_first"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="dossier",
            name="origin",
            field=models.CharField(blank=True, max_length=80, verbose_name="repris de"),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.UniqueConstraint(
                condition=models.Q(("origin", ""), _negated=True),
                fields=("authority", "origin"),
                name="dossier_origin_once",
                violation_error_message="Ce dossier est déjà repris.",
            ),
        ),
    ]
