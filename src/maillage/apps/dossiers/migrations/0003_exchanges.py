from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0002_origin"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="consultation",
            name="closed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="close le"),
        ),
        migrations.AddField(
            model_name="seen",
            name="visited_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="ouvert le"),
        ),
        migrations.AddField(
            model_name="visit",
            name="guests",
            field=models.ManyToManyField(blank=True, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="visit",
            name="minutes_long",
            field=models.PositiveIntegerField(default=60, verbose_name="durée (minutes)"),
        ),
        migrations.AddField(
            model_name="visit",
            name="sequence",
            field=models.PositiveIntegerField(default=0, verbose_name="rang de l'invitation"),
        ),
        migrations.AlterField(
            model_name="seen",
            name="at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="lu jusqu'au"),
        ),
    ]
