"""The model that the text of a letter comes from, beside the text."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0009_withdrawn_requests")]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="letter_model",
            field=models.CharField(blank=True, default="", max_length=60, verbose_name="modèle de la lettre"),
        ),
        migrations.AddField(
            model_name="proposal",
            name="letter_model",
            field=models.CharField(blank=True, default="", max_length=60, verbose_name="modèle de la lettre"),
        ),
    ]
